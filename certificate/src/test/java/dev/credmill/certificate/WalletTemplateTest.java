package dev.credmill.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class WalletTemplateTest {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}]*)}}");
  private static final Map<String, String> TEXTS =
      Map.of(
          "title", "Diploma",
          "issuerName", "Acme <University>",
          "recipientName", "{{fullName}}",
          "degree", "{{degree}}",
          "course", "{{course}}",
          "credUrl", "{{Cred_URL}}");

  @ParameterizedTest
  @EnumSource(BuiltInTemplate.class)
  void placeholdersOfClaimsStandInTextsAndNowhereElse(BuiltInTemplate template) throws Exception {
    // When
    WalletTemplate wallets = template.template().forWallets(TEXTS, Map.of());
    // Then
    assertThat(wallets.landscape()).isTrue();
    assertThat(PLACEHOLDER.matcher(wallets.svg()).results())
        .extracting(found -> found.group(1))
        .contains("fullName")
        .isSubsetOf("fullName", "degree", "course", "Cred_URL");
    NodeList all = parsed(wallets.svg()).getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      assertThat(element.getLocalName()).isNotIn("script", "foreignObject", "a");
      for (int a = 0; a < element.getAttributes().getLength(); a++) {
        assertThat(element.getAttributes().item(a).getNodeValue())
            .doesNotContain("{{")
            .doesNotStartWith("http:")
            .doesNotStartWith("javascript:");
      }
    }
  }

  @Test
  void whatIsTheSameForEverybodyIsDrawnAndNeedsNoFont() throws Exception {
    String svg = BuiltInTemplate.DIPLOMA.template().forWallets(TEXTS, Map.of()).svg();
    assertThat(svg).contains("aria-label=\"Acme &lt;University&gt;\"").doesNotContain(">Acme");
  }

  @Test
  void whatIsLeftToTheWalletSaysWhichKindOfFontItIsMeantFor() throws Exception {
    // When
    NodeList texts =
        parsed(BuiltInTemplate.TRAINING_CERTIFICATE.template().forWallets(TEXTS, Map.of()).svg())
            .getElementsByTagName("text");
    // Then
    assertThat(texts.getLength()).isPositive();
    for (int i = 0; i < texts.getLength(); i++) {
      assertThat(((Element) texts.item(i)).getAttribute("font-family")).contains("serif");
    }
  }

  @Test
  void aTextThatIsToFitIsMadeSoSmallThatASampleDoes() throws Exception {
    assertThat(sizeOfDegree("MSc")).isEqualTo(sizeOfDegree("Master of Science"));
    assertThat(sizeOfDegree("Master of Science in everything that there is to be known about"))
        .isLessThan(sizeOfDegree("MSc") * 0.8f)
        .isPositive();
  }

  private static float sizeOfDegree(String sample) throws Exception {
    NodeList texts =
        parsed(BuiltInTemplate.DIPLOMA.template().forWallets(TEXTS, Map.of("degree", sample)).svg())
            .getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      if (texts.item(i).getTextContent().equals("{{degree}}")) {
        return Float.parseFloat(((Element) texts.item(i)).getAttribute("font-size"));
      }
    }
    throw new AssertionError("no degree");
  }

  private static Element parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newDefaultNSInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }
}
