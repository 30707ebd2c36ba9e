package dev.credmill.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileTemplateTest {
  static Stream<Arguments> hostile() {
    return Stream.of(
        body("<script>alert(1)</script>", "Remove <script>"),
        body("<foreignObject><p/></foreignObject>", "Remove <foreignObject>"),
        body("<g onload='alert(1)'/>", "Remove the attribute onload"),
        body("<rect onclick='x()' width='1' height='1'/>", "Remove the attribute onclick"),
        body("<a href='https://evil.example'><text>x</text></a>", "Remove <a>"),
        body("<animate attributeName='href' to='javascript:x'/>", "Remove <animate>"),
        body("<set attributeName='x' to='1'/>", "Remove <set>"),
        body("<filter id='f'/>", "Remove <filter>"),
        body("<switch/>", "Remove <switch>"),
        body("<image width='9' height='9' href='https://evil.example/a.png'/>", "Embed images"),
        body("<image width='9' height='9' href='file:///etc/passwd'/>", "Embed images"),
        body(
            "<image width='9' height='9' href='data:image/svg+xml;base64,PHN2Zy8+'/>",
            "Embed images"),
        body("<image width='9' height='9' href='data:image/png;base64,PHN2Zy8+'/>", "whole PNG"),
        body("<use href='https://evil.example/a.svg#x'/>", "as #id"),
        body("<use xlink:href='//evil.example/#x'/>", "as #id"),
        body("<use href='#nowhere'/>", "id=\"nowhere\""),
        body("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>", "circle"),
        body("<rect width='9' height='9' fill='url(https://evil.example/#x)'/>", "as url(#id)"),
        body("<rect width='9' height='9' style='fill:url(\"http://evil.example\")'/>", "url(#id)"),
        body("<rect width='9' height='9' style='fill:u\\72l(http://e.example)'/>", "backslashes"),
        body("<rect width='9' height='9' fill='u\\72l(http://e.example)'/>", "backslashes"),
        body("<rect width='9' height='9' style='behavior:x'/>", "Remove the property 'behavior'"),
        body("<rect width='9' height='9' style='position:fixed'/>", "'position'"),
        body("<style>@import 'https://evil.example/a.css';</style>", "@-rules"),
        body("<style>@font-face{src:url(https://evil.example/a.ttf)}</style>", "@-rules"),
        body("<style>rect{fill:url(https://evil.example/#x)}</style>", "as url(#id)"),
        body("<style>rect{fill</style>", "not CSS"),
        body("<style>.{{name}}{fill:red}</style>", "placeholders"),
        body("<?xml-stylesheet href='https://evil.example/a.css'?>", "processing instruction"),
        body("<rect width='1e30' height='9'/>", "up to 20000 in width"),
        body("<path d='M0 0H9e9'/>", "up to 20000 in d"),
        body("<path d='M0 0H9' stroke-dasharray='0.0001'/>", "longer"),
        body("<path d='M0 0H9' style='stroke-dasharray:.00001'/>", "longer"),
        body("<pattern id='p' width='.001' height='1'/>", "patternUnits"),
        body("<text>{{{name}}}</text>", "{{name}}"),
        body("<text>{{&amp;name}}</text>", "{{name}}"),
        body("<text>{{>partial}}</text>", "{{name}}"),
        body("<text>{{=[[ ]]=}}</text>", "{{name}}"),
        body("<text>{{!comment}}</text>", "{{name}}"),
        body("<text>{{a.b}}</text>", "{{name}}"),
        body("<text>{{this}}</text>", "{{name}}"),
        body("<text>{{name</text>", "Complete the placeholder"),
        body("<text>{{na<tspan>me}}</tspan></text>", "Complete the placeholder"),
        body("<text>{{#a}}<tspan>{{/a}}</tspan></text>", "Close {{#a}}"),
        body("<text>{{/a}}</text>", "Open {{#a}}"),
        body("<g>{{name}}</g>", "inside a <text>"),
        body("<text x='{{name}}'>x</text>", "out of the attribute x"),
        body("<rect width='9' height='9' style='{{name}}'/>", "out of the attribute style"),
        body("<path d='M0 0{{qrCode}}'/>", "out of the attribute d"),
        body("<text>{{qrCode}}</text>", "<path d=\"{{qrCode}}\""),
        body("<text x='1 2 3'>abc</text>", "one plain number"),
        body("<g id='a'/><g id='a'/>", "once only"),
        body("{{#x}}<g id='a'/>{{/x}}<use href='#a'/>", "out of the conditional section"),
        body("<rect width='9' height='9' fill='notAColor(9)'/>", "cannot be drawn"),
        Arguments.of(
            "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + svg("&x;"), "DOCTYPE"),
        Arguments.of(
            "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>" + svg("&b;"), "DOCTYPE"),
        Arguments.of("<?xml-stylesheet href='x'?>" + svg(""), "processing instruction"),
        Arguments.of("<html/>", "Begin the template with <svg"),
        Arguments.of("<svg/>", "Begin the template with <svg"),
        Arguments.of("no xml at all", "not well-formed"),
        Arguments.of("", "not well-formed"),
        Arguments.of(svg("<g>"), "not well-formed"),
        Arguments.of("<svg xmlns='http://www.w3.org/2000/svg' width='100%'/>", "viewBox"),
        Arguments.of("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 99999 9'/>", "smaller"),
        Arguments.of("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 5000 9'/>", "narrow"),
        Arguments.of(svg("<g>".repeat(500) + "</g>".repeat(500)), "less deeply"),
        Arguments.of(svg("<g/>".repeat(6_000)), "fewer elements"),
        Arguments.of(svg("<desc>" + "x".repeat(600_000) + "</desc>"), "512 KiB"),
        Arguments.of(svg(manyUses()), "Repeat less"),
        Arguments.of(svg(manyPatterns()), "Repeat less"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void isRefusedWithASentenceThatSaysWhatToDo(String template, String expected) {
    // When
    TemplateRefused refused =
        catchThrowableOfType(TemplateRefused.class, () -> CertificateSvg.parse(template));
    // Then
    assertThat(refused).as(template.length() < 300 ? template : expected).isNotNull();
    assertThat(refused.faults()).anyMatch(fault -> fault.contains(expected));
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    // When
    TemplateRefused refused =
        catchThrowableOfType(
            TemplateRefused.class,
            () -> CertificateSvg.parse(svg("<script/><g onload='x'/><text>{{{x}}}</text>")));
    // Then
    assertThat(refused.faults()).hasSize(3);
  }

  @Test
  void whatEditorsLeaveBehindIsDroppedAndNotRefused() throws TemplateRefused {
    // Given
    String drawn =
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"
             xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape">
          <metadata><rdf xmlns="urn:x">secret-leftover</rdf></metadata>
          <!-- secret-leftover --><inkscape:view zoom="2"/>
          <g inkscape:label="secret-leftover" aria-label="x" data-note="secret-leftover"><path d="M0 0H9"/></g>
        </svg>
        """;
    // When
    Certificate certificate = CertificateSvg.parse(drawn).fill(java.util.Map.of());
    // Then
    assertThat(certificate.svg()).doesNotContain("secret-leftover").contains("<path");
  }

  @Test
  void everyTemplateThatComesAlongIsAccepted() {
    // When
    List<CertificateSvg> templates =
        Stream.of(BuiltInTemplate.values()).map(BuiltInTemplate::template).toList();
    // Then
    assertThat(templates)
        .allSatisfy(
            template ->
                assertThat(template.placeholders())
                    .contains("recipientName", "issuerName", "credUrl", "qrCode"));
  }

  private static Arguments body(String content, String expected) {
    return Arguments.of(svg(content), expected);
  }

  private static String svg(String content) {
    return "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
        + " viewBox='0 0 100 100'>"
        + content
        + "</svg>";
  }

  private static String manyUses() {
    StringBuilder uses = new StringBuilder("<g id='u0'><rect width='1' height='1'/></g>");
    for (int i = 1; i <= 20; i++) {
      uses.append("<g id='u").append(i).append("'>");
      uses.append("<use href='#u%d'/>".formatted(i - 1).repeat(10)).append("</g>");
    }
    return uses.toString();
  }

  private static String manyPatterns() {
    StringBuilder patterns = new StringBuilder();
    patterns.append(
        "<pattern id='p0' patternUnits='userSpaceOnUse' width='9' height='9'>"
            + "<rect width='1' height='1'/>".repeat(100)
            + "</pattern>");
    for (int i = 1; i <= 3; i++) {
      patterns.append(
          "<pattern id='p%d' patternUnits='userSpaceOnUse' width='9' height='9'>".formatted(i)
              + "<rect width='1' height='1' fill='url(#p%d)'/>".formatted(i - 1).repeat(100)
              + "</pattern>");
    }
    return patterns.toString();
  }
}
