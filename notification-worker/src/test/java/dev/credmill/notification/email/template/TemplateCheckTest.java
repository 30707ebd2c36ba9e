package dev.credmill.notification.email.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.credmill.contracts.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateCheckTest {
  private static final String SUBJECT = "{{title}} for {{name}}";
  private static final String BODY = "Hello {{name}},\n\n{{link}}";

  @Test
  void whatIsRightIsTakenAsItIs() {
    // When
    MessageTemplate template =
        made(
            new MessageTemplateRequest(
                null,
                null,
                "DE-at",
                SUBJECT,
                BODY + "{{#claimLink}}\n\n{{claimLink}}{{/claimLink}}{{^claimLink}}.{{/claimLink}}",
                null,
                null,
                "https://acme.example/logo.png",
                "#7A1fa2"));
    // Then
    assertThat(template.language()).isEqualTo("de-AT");
    assertThat(template.purpose().name()).isEqualTo("ISSUED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | Write a subject",
        "'  ' | Write a subject",
        "'a\nBcc: x' | A subject is one line",
        "'a\rb' | A subject is one line",
        "'a\u2028b' | A subject is one line",
        "{{#name}}for {{name}}{{/name}} | It would be empty for some recipients",
        "{{link}} | There is no link here; there are name, issuer, title, description, language",
        "{{nmae}} | There is no nmae here",
        "{{#title}} | This is no Mustache",
        "{{{title}}} | values are always escaped"
      })
  void aSubjectThatIsNoneIsRefused(String subject, String words) {
    assertThat(faults(request(subject, BODY, null, null))).contains(words);
  }

  @Test
  void aSubjectIsNotTooLong() {
    assertThat(faults(request("s".repeat(201), BODY, null, null))).contains("200 characters");
    made(request("s".repeat(200), BODY, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello | A message without {{link}} tells nobody where the credential is",
        "{{#name}}{{link}}{{/name}} | A message without {{link}}",
        "{{#claimLink}}{{claimLink}}{{/claimLink}} | A message without {{link}}",
        "{{^link}}{{link}}{{/link}} | A message without {{link}}",
        "{{link}} {{recipient}} {{x.y}} | There is no recipient, x.y here; there are name, issuer, title, description, link, claimLink, language",
        "{{link}} {{.}} | There is no . here",
        "{{link}} {{this}} | There is no this here",
        "{{link}} {{#name}} | This is no Mustache",
        "{{link}} {{/name}} | This is no Mustache",
        "{{link}} {{#name}}{{/title}} | This is no Mustache",
        "{{link}} {{>footer}} | nothing is included",
        "{{link}} {{ > footer }} | nothing is included",
        "{{link}} {{<layout}}{{/layout}} | nothing is included",
        "{{link}} {{$block}}{{/block}} | nothing is included",
        "{{link}} {{{name}}} | values are always escaped",
        "{{link}} {{& name}} | values are always escaped",
        "{{link}} {{=<% %>=}} | Of Mustache there are",
        "'{{link}} \u0000' | Remove control characters",
        "'{{link}} \uF8F0' | Remove control characters and characters of private use",
        "'{{link}} \uD83C' | Remove control characters"
      })
  void aBodyThatIsNoneIsRefused(String body, String words) {
    assertThat(faults(request(SUBJECT, body, null, null))).startsWith("body: ").contains(words);
  }

  @Test
  void somethingMustBeSaid() {
    assertThat(faults(request(SUBJECT, null, null, null))).contains("Write a body");
    assertThat(faults(request(SUBJECT, null, "{{link}}", null))).contains("Write a body");
    assertThat(faults(request(SUBJECT, BODY, null, "{{link}}"))).contains("text goes with html");
    assertThat(faults(request(SUBJECT, BODY, "<p>{{link}}</p>", "hello")))
        .startsWith("text: ")
        .contains("A message without {{link}}");
    assertThat(faults(request(SUBJECT, BODY + " ".repeat(20_000), null, null)))
        .contains("20000 characters");
    made(request(SUBJECT, null, "<p>{{link}}</p>", "{{link}}"));
  }

  @Test
  void sectionsAreNotManyAndElementsMayBe() {
    assertThat(
            faults(
                request(
                    SUBJECT,
                    "{{link}}" + "{{#name}}".repeat(201) + "{{/name}}".repeat(201),
                    null,
                    null)))
        .contains("200 sections");
    made(
        request(
            SUBJECT, "{{link}}" + "{{#name}}".repeat(200) + "{{/name}}".repeat(200), null, null));
    String sections =
        "{{link}}{{#name}}{{/name}}{{#claimLink}}{{/claimLink}}{{#description}}{{/description}}{{#language}}{{/language}}";
    for (String piece :
        List.of("<div>", "<b>", "<b><p>", "<table>", "<a href='#'>", "&lt;", "<td>")) {
      made(request(SUBJECT, BODY, sections + piece.repeat(99_000 / piece.length()), null));
    }
  }

  @Test
  void everyFaultIsToldAtOnce() {
    // When
    ProblemException refused =
        refused(new MessageTemplateRequest(null, null, "d", "", "x", null, null, "x", "red"));
    // Then
    assertThat(refused.problem().status()).isEqualTo(422);
    assertThat(refused.problem().errors())
        .extracting(fault -> fault.field())
        .containsExactly("subject", "body", "language", "logoUrl", "accentColor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://acme.example/logo.png",
        "javascript:alert(1)",
        "//acme.example/logo.png",
        "https:logo.png",
        "https://user@acme.example/logo.png",
        "https://acme.example/a b.png",
        "https://acme.example/\"onerror=\"x"
      })
  void aLogoComesByHttps(String logo) {
    assertThat(
            faults(
                new MessageTemplateRequest(
                    null, null, null, SUBJECT, BODY, null, null, logo, null)))
        .startsWith("logoUrl: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<scr{{#name}}ipt>alert(1)</scr{{/name}}ipt>",
        "<scr{{^name}}x{{/name}}ipt>",
        "<{{name}}>",
        "<form action=\"https://evil.example\"><input name=\"password\"></form>",
        "<p onclick=\"x()\">p</p>",
        "<body onload=x()>",
        "<img src=x onerror=alert(1)>",
        "<img src=\"http://acme.example/logo.png\">",
        "<img src=\"https://acme.example/{{name}}.png\">",
        "<img src=\"data:image/svg+xml,x\">",
        "<a href=\"javascript:alert(1)\">a</a>",
        "<a href=\"jAvA\tscript:alert(1)\">a</a>",
        "<a href=\"&#106;avascript:alert(1)\">a</a>",
        "<a href=\"{{name}}\">a</a>",
        "<a href=\"https://evil.example/?to={{link}}\">a</a>",
        "<a href={{link}}>a</a>",
        "<p title={{name}}>p</p>",
        "<p class=\"{{name}}\">p</p>",
        "<p style=\"color: {{name}}\">p</p>",
        "<p style=\"background: url(https://evil.example/x.png)\">p</p>",
        "<p style=\"background: \\75rl(x)\">p</p>",
        "<style>@import 'https://evil.example/x.css';</style>",
        "<style>p { color: {{name}} }</style>",
        "<link rel=\"stylesheet\" href=\"https://evil.example/x.css\">",
        "<meta http-equiv=\"refresh\" content=\"0; url=https://evil.example\">",
        "<meta name=\"referrer\" content=\"unsafe-url\">",
        "<base href=\"https://evil.example/\">",
        "<iframe src=\"https://evil.example\"></iframe>",
        "<object data=\"x\"></object>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext></mtext></math>",
        "<button>b</button>",
        "<template><script>x</script></template>",
        "<noscript><p></noscript>",
        "<!--[if mso]><script>x</script><![endif]-->",
        "<!-- {{name}} -->"
      })
  void htmlThatDoesSomethingIsRefused(String html) {
    assertThat(faults(request(SUBJECT, BODY, "<p>{{link}}</p>" + html, null))).startsWith("html: ");
  }

  @Test
  void htmlOfADesignerIsTaken() {
    made(
        request(
            SUBJECT,
            BODY,
            """
            <!DOCTYPE html>
            <html lang="de">
            <head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
            <title>{{title}}</title>
            <style>@media (prefers-color-scheme: dark) { .card { background: #000 !important; } }</style>
            </head>
            <body style="margin:0">
            <!-- the card -->
            <table role="presentation" width="100%" cellpadding="0"><tr><td class="card" align="center">
            <img src="https://acme.example/logo.png" alt="{{issuer}}" width="120">
            <p title="{{name}}">Hello{{#name}} <b>{{name}}</b>{{/name}}{{^description}}.{{/description}}</p>
            <a href="{{link}}" target="_blank">{{link}}</a>
            {{#claimLink}}<a href="{{claimLink}}">wallet</a>{{/claimLink}}
            <a href="mailto:registrar@acme.example">ask</a> <a href="https://acme.example/">us</a>
            </td></tr></table></body></html>
            """,
            null));
  }

  private static MessageTemplateRequest request(
      String subject, String body, String html, String text) {
    return new MessageTemplateRequest(null, null, null, subject, body, html, text, null, null);
  }

  private static MessageTemplate made(MessageTemplateRequest request) {
    return request.template(UUID.randomUUID(), Instant.EPOCH);
  }

  private static ProblemException refused(MessageTemplateRequest request) {
    return catchThrowableOfType(ProblemException.class, () -> made(request));
  }

  private static String faults(MessageTemplateRequest request) {
    return refused(request).problem().detail().replace("Correct this and send it again: ", "");
  }
}
