package dev.credmill.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTest {
  private static final String LINK =
      "https://credentials.example.org/c/A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0";
  private static final String NAME_ONLY =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 200">
        <text x="400" y="120" font-family="%s" font-size="60" text-anchor="middle" %s>{{recipientName}}</text>
      </svg>
      """;

  @Test
  void valuesAreTextAndNeverMarkup() throws Exception {
    // Given
    String hostile = "</text><script>alert('x')</script>&amp;{{issuerName}}";
    // When
    String svg = nameOnly("serif", "").fill(Map.of("recipientName", hostile)).svg();
    // Then
    var document =
        DocumentBuilderFactory.newDefaultNSInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
    assertThat(document.getElementsByTagNameNS("*", "script").getLength()).isZero();
    assertThat(document.getDocumentElement().hasAttribute("contentScriptType")).isFalse();
    assertThat(document.getElementsByTagNameNS("*", "path").item(0).getAttributes())
        .satisfies(
            attributes ->
                assertThat(attributes.getNamedItem("aria-label").getNodeValue())
                    .isEqualTo(hostile));
  }

  @ParameterizedTest
  @EnumSource(BuiltInTemplate.class)
  void aPreviewIsMarkedAsOne(BuiltInTemplate template) {
    // Given
    Map<String, String> values = Map.of("recipientName", "Ada Lovelace");
    // When
    Certificate preview = template.template().preview(values);
    // Then
    assertThat(preview.svg()).contains("aria-label=\"PREVIEW\"", "aria-label=\"Ada Lovelace\"");
    assertThat(preview.png(600)).isNotEqualTo(template.template().fill(values).png(600));
    assertThat(template.template().fill(values).svg()).doesNotContain("PREVIEW");
  }

  @Test
  void controlCharactersAndReversedDirectionsAreRemoved() throws Exception {
    // When
    String svg =
        nameOnly("serif", "")
            .fill(Map.of("recipientName", "A\u0000\u0007\u202Eda\n\tB\uFFFE\uD800"))
            .svg();
    // Then
    assertThat(svg).contains("aria-label=\"Ada B\"");
  }

  @Test
  void aNameWithoutValueIsShownAsNothingAndItsSectionIsLeftOut() throws Exception {
    // Given
    CertificateSvg template =
        CertificateSvg.parse(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
              {{#honours}}<text>with {{honours}}</text>{{/honours}}{{^honours}}<text>plain</text>{{/honours}}
              <text>[{{course}}]</text>
            </svg>
            """);
    // When
    String with = template.fill(Map.of("honours", "distinction")).svg();
    String without = template.fill(Map.of("honours", "")).svg();
    String missing = template.fill(Map.of()).svg();
    // Then
    assertThat(template.placeholders()).containsExactlyInAnyOrder("honours", "course");
    assertThat(with).contains("\"with distinction\"", "\"[]\"").doesNotContain("plain");
    assertThat(without).contains("\"plain\"", "\"[]\"").doesNotContain("with ");
    assertThat(missing).isEqualTo(without);
  }

  @ParameterizedTest
  @EnumSource(BuiltInTemplate.class)
  void thePictureHasTheWidthAskedForAndIsNotEmpty(BuiltInTemplate template) throws IOException {
    // When
    BufferedImage picture = png(template.template().fill(values("Zoë Ångström")), 800);
    // Then
    assertThat(picture.getWidth()).isEqualTo(800);
    assertThat(picture.getHeight()).isEqualTo(566);
    assertThat(colours(picture)).hasSizeGreaterThan(100);
  }

  @Test
  void aWidthBeyondTheLimitsIsRefused() throws Exception {
    Certificate certificate = nameOnly("serif", "").fill(Map.of());
    assertThatThrownBy(() -> certificate.png(5_000)).hasMessageContaining("16 to 4000");
    assertThatThrownBy(() -> certificate.png(0)).hasMessageContaining("16 to 4000");
  }

  @ParameterizedTest
  @EnumSource(BuiltInTemplate.class)
  void theQrCodeLeadsToTheLink(BuiltInTemplate template) throws Exception {
    // When
    BufferedImage picture = png(template.template().fill(values("Ada Lovelace")), 1600);
    // Then
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    var bitmap =
        new BinaryBitmap(
            new HybridBinarizer(
                new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), pixels)));
    assertThat(
            new QRCodeReader()
                .decode(bitmap, Map.of(com.google.zxing.DecodeHintType.TRY_HARDER, true))
                .getText())
        .isEqualTo(LINK);
  }

  @Test
  void thePdfHasOnePageWithVectorsATitleAndTheCredentialInside() throws IOException {
    // Given
    byte[] jwt = "header.payload.signature".getBytes(UTF_8);
    // When
    byte[] pdf =
        BuiltInTemplate.DIPLOMA
            .template()
            .fill(values("Ada Lovelace"))
            .pdf(
                "Diploma of Ada Lovelace",
                new Attachment("credential.jwt", "application/vc+jwt", "The credential", jwt));
    // Then
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isOne();
      assertThat(document.getPage(0).getMediaBox().getWidth()).isBetween(841f, 843f);
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Diploma of Ada Lovelace");
      assertThat(pictures(document)).isZero();
      var files =
          new PDDocumentNameDictionary(document.getDocumentCatalog()).getEmbeddedFiles().getNames();
      assertThat(files.get("credential.jwt").getEmbeddedFile().toByteArray()).isEqualTo(jwt);
      assertThat(colours(new PDFRenderer(document).renderImage(0))).hasSizeGreaterThan(100);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada",
        "Γιώργος",
        "Юлия",
        "Nguyễn",
        "محمد",
        "שרה",
        "श्रीकृष्ण",
        "ศรีสุข",
        "王小明",
        "さくら",
        "김민준",
        "রহিম",
        "தமிழ்",
        "తెలుగు",
        "ગુજરાતી",
        "ਗੁਰਮੁਖੀ",
        "ಕನ್ನಡ",
        "മലയാളം",
        "සිංහල",
        "Հայ",
        "ქართ",
        "አማርኛ",
        "ខ្មែរ",
        "ລາວ",
        "မြန်မာ"
      })
  void namesInEveryScriptHaveGlyphs(String name) {
    // Given
    Typeface typeface = Typeface.of(java.util.List.of("serif"), false, false);
    // Then
    assertThat(name.codePoints().mapToObj(Character::toString))
        .allSatisfy(
            letter -> assertThat(typeface.fontFor(letter).canDisplayUpTo(letter)).isEqualTo(-1));
    assertThat(typeface.fontFor(name).canDisplayUpTo(name)).isEqualTo(-1);
  }

  @Test
  void aChineseNameIsNoRowOfEmptyBoxes() throws Exception {
    // Given
    CertificateSvg template = nameOnly("serif", "");
    // When
    BufferedImage name = png(template.fill(Map.of("recipientName", "王小明")), 800);
    BufferedImage boxes =
        png(template.fill(Map.of("recipientName", "\uDB80\uDC00\uDB80\uDC00\uDB80\uDC00")), 800);
    // Then
    assertThat(ink(name).width).isGreaterThan(100);
    assertThat(pixels(name)).isNotEqualTo(pixels(boxes));
  }

  @Test
  void arabicLettersAreJoined() throws Exception {
    // When
    BufferedImage joined = png(nameOnly("serif", "").fill(Map.of("recipientName", "محمد")), 800);
    BufferedImage apart =
        png(nameOnly("serif", "").fill(Map.of("recipientName", "م\u200Cح\u200Cم\u200Cد")), 800);
    // Then
    assertThat(ink(joined).width).isLessThan(ink(apart).width);
  }

  @Test
  void signsOfIndiaAreReorderedAndJoined() throws Exception {
    // When
    BufferedImage conjunct = png(nameOnly("serif", "").fill(Map.of("recipientName", "क्षि")), 800);
    BufferedImage torn =
        png(nameOnly("serif", "").fill(Map.of("recipientName", "क्\u200Cषि")), 800);
    // Then
    assertThat(ink(conjunct).width).isLessThan(ink(torn).width);
  }

  @Test
  void aLongNameIsMadeSmallerAndAShortOneIsLeftAlone() throws Exception {
    // Given
    CertificateSvg fitted = nameOnly("serif", "data-fit-width='500'");
    CertificateSvg free = nameOnly("serif", "");
    // When
    Rectangle longName =
        ink(png(fitted.fill(Map.of("recipientName", "Ada Lovelace ".repeat(9))), 800));
    BufferedImage shortName = png(fitted.fill(Map.of("recipientName", "Ada")), 800);
    // Then
    assertThat(longName.width).isBetween(480, 502);
    assertThat(longName.x).isBetween(148, 160);
    assertThat(pixels(shortName))
        .isEqualTo(pixels(png(free.fill(Map.of("recipientName", "Ada")), 800)));
  }

  @Test
  void spacedLettersStandCentred() throws Exception {
    // When
    Rectangle ink =
        ink(
            png(
                nameOnly("sans-serif", "letter-spacing='30'").fill(Map.of("recipientName", "HHHH")),
                800));
    // Then
    assertThat(ink.x + ink.width / 2).isBetween(398, 402);
  }

  private static CertificateSvg nameOnly(String family, String more) throws TemplateRefused {
    return CertificateSvg.parse(NAME_ONLY.formatted(family, more));
  }

  private static Map<String, String> values(String name) {
    Map<String, String> values = new HashMap<>();
    values.put("recipientName", name);
    values.put("issuerName", "Aurora University");
    values.put("credUrl", LINK);
    values.put("credentialId", "urn:example:1");
    values.put("degree", "Bachelor of Science");
    values.put("course", "First aid");
    values.put("title", "Membership");
    values.put("validFrom", "1 June 2026");
    return values;
  }

  private static BufferedImage png(Certificate certificate, int width) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(certificate.png(width)));
  }

  private static java.util.Set<Integer> colours(BufferedImage image) {
    java.util.Set<Integer> colours = new java.util.HashSet<>();
    for (int pixel : pixels(image)) {
      colours.add(pixel);
    }
    return colours;
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /** The box around all that is dark. */
  private static Rectangle ink(BufferedImage image) {
    Rectangle ink = null;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xFF) < 128) {
          Rectangle pixel = new Rectangle(x, y, 1, 1);
          ink = ink == null ? pixel : ink.union(pixel);
        }
      }
    }
    return ink == null ? new Rectangle() : ink;
  }

  private static int pictures(PDDocument document) {
    int pictures = 0;
    for (var object : document.getDocument().getXrefTable().keySet()) {
      var base = document.getDocument().getObjectFromPool(object).getObject();
      if (base instanceof org.apache.pdfbox.cos.COSStream stream
          && COSName.IMAGE.equals(stream.getCOSName(COSName.SUBTYPE))) {
        pictures++;
      }
    }
    return pictures;
  }
}
