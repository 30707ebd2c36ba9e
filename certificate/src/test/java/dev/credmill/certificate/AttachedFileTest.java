package dev.credmill.certificate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class AttachedFileTest {
  private static final int LONGEST = 256 * 1024;
  private static final byte[] CREDENTIAL = "eyJhbGciOiJFZERTQSJ9.e30.c2ln".getBytes(US_ASCII);

  @Test
  void whatACertificateCarriesIsTakenOutAgain() throws Exception {
    assertThat(read(certificate(CREDENTIAL))).hasValue(CREDENTIAL);
  }

  @Test
  void aPdfThatWasSavedAgainStillCarriesIt() throws Exception {
    // Given
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    try (PDDocument document = Loader.loadPDF(certificate(CREDENTIAL))) {
      document.addPage(new PDPage());
      document.save(again);
    }
    // Then
    assertThat(read(again.toByteArray())).hasValue(CREDENTIAL);
  }

  @Test
  void aPdfWithoutACredentialCarriesNone() throws Exception {
    assertThat(read(BuiltInTemplate.PLAIN.template().fill(Map.of()).pdf("Plain"))).isEmpty();
    assertThat(
            read(
                BuiltInTemplate.PLAIN
                    .template()
                    .fill(Map.of())
                    .pdf("Other", new Attachment("other.jwt", "text/plain", "", CREDENTIAL))))
        .isEmpty();
  }

  @Test
  void anEncryptedPdfIsRefusedAsThat() throws Exception {
    // Given
    ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
    try (PDDocument document = Loader.loadPDF(certificate(CREDENTIAL))) {
      document.protect(new StandardProtectionPolicy("owner", "", new AccessPermission()));
      document.save(encrypted);
    }
    // Then
    assertThatExceptionOfType(PdfRefused.class)
        .isThrownBy(() -> read(encrypted.toByteArray()))
        .withMessageContaining("encrypted");
  }

  @Test
  void aFileThatIsLongerThanAnyCredentialIsRefused() {
    assertThatExceptionOfType(PdfRefused.class)
        .isThrownBy(() -> read(certificate(new byte[50_000_000])))
        .withMessageContaining("longer than any credential");
  }

  @Test
  void aTableThatSwellsIsRefusedBeforeItDoes() throws Exception {
    // Given
    byte[] bomb = withTable("/Filter /FlateDecode", deflated(new byte[100_000_000]));
    // Then
    assertThat(bomb).hasSizeLessThan(200_000);
    assertThatExceptionOfType(PdfRefused.class)
        .isThrownBy(() -> read(bomb))
        .withMessageContaining("unpacked");
  }

  @Test
  void aTableThatIsPackedTwiceOrOtherwiseIsRefused() throws Exception {
    byte[] twice = deflated(deflated(new byte[100_000_000]));
    for (String filter :
        new String[] {
          "/Filter [/FlateDecode /FlateDecode]", "/Filter /LZWDecode", "/Filter /RunLengthDecode"
        }) {
      assertThatExceptionOfType(PdfRefused.class)
          .isThrownBy(() -> read(withTable(filter, twice)))
          .withMessageContaining("packed in a way");
    }
  }

  @Test
  void aTableWithEndlessLinesIsRefused() throws Exception {
    byte[] table = deflated(new byte[100]);
    assertThatExceptionOfType(PdfRefused.class)
        .isThrownBy(
            () ->
                read(
                    withTable(
                        "/Filter /FlateDecode /DecodeParms <</Predictor 12 /Columns 2147483647>>",
                        table)))
        .withMessageContaining("too wide");
  }

  /** What a stranger may send: anything, which never costs much and is always answered. */
  @Test
  void whateverIsDoneToAPdfItIsTakenOrRefused() {
    byte[] pdf = certificate(CREDENTIAL);
    Random random = new Random(20261123);
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < 1_500; i++) {
            takenOrRefused(mutated(pdf, random));
          }
        });
  }

  @Test
  void aPdfThatIsCutAnywhereIsTakenOrRefused() {
    byte[] pdf = certificate(CREDENTIAL);
    for (int end = 0; end < pdf.length; end += Math.max(1, pdf.length / 300)) {
      takenOrRefused(Arrays.copyOf(pdf, end));
    }
  }

  @Test
  void nestingWithoutEndIsRefused() {
    String deep = "[".repeat(500_000);
    takenOrRefused(
        ("%PDF-1.7\n1 0 obj\n" + deep + "\nendobj\ntrailer <</Root 1 0 R>>").getBytes(US_ASCII));
    assertThatExceptionOfType(PdfRefused.class)
        .isThrownBy(
            () ->
                read(
                    ("%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1 /Root "
                            + deep
                            + ">>\nstartxref\n9\n%%EOF")
                        .getBytes(US_ASCII)));
  }

  private static void takenOrRefused(byte[] pdf) {
    try {
      read(pdf);
    } catch (PdfRefused e) {
      assertThat(e).hasMessageStartingWith("The ");
    }
  }

  private static byte[] mutated(byte[] pdf, Random random) {
    byte[] mutated = pdf.clone();
    for (int i = random.nextInt(1, 40); i > 0; i--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(3)) {
        case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutated[at] = (byte) "0123456789 /<>[]()R".charAt(random.nextInt(19));
        default -> {
          int length = Math.min(random.nextInt(64), mutated.length - at);
          System.arraycopy(mutated, random.nextInt(mutated.length - length), mutated, at, length);
        }
      }
    }
    return random.nextInt(4) == 0
        ? Arrays.copyOf(mutated, random.nextInt(mutated.length))
        : mutated;
  }

  /** A PDF that is nothing but its table of objects. */
  private static byte[] withTable(String filter, byte[] content) throws IOException {
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    pdf.writeBytes("%PDF-1.5\n".getBytes(US_ASCII));
    pdf.writeBytes(
        ("1 0 obj\n<</Type /XRef /Size 9 /W [1 2 1] /Root 2 0 R %s /Length %d>>\nstream\n"
                .formatted(filter, content.length))
            .getBytes(US_ASCII));
    new ByteArrayInputStream(content).transferTo(pdf);
    pdf.writeBytes("\nendstream\nendobj\nstartxref\n9\n%%EOF".getBytes(ISO_8859_1));
    return pdf.toByteArray();
  }

  private static byte[] deflated(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  private static byte[] certificate(byte[] credential) {
    return BuiltInTemplate.TRAINING_CERTIFICATE
        .template()
        .fill(Map.of("recipientName", "Ada", "credUrl", "https://issuer.example/c/abc"))
        .pdf(
            "Certificate",
            new Attachment(Attachment.CREDENTIAL, "application/vc+jwt", "signed", credential));
  }

  private static Optional<byte[]> read(byte[] pdf) throws PdfRefused {
    return AttachedFile.in(pdf, Attachment.CREDENTIAL, LONGEST);
  }
}
