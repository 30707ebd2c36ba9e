package dev.credmill.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedLetterTest {
  private static final String TEXT =
      "Hello \uF8F0,\n\n=20 Ünïversität 🎓 \t\n.\nFrom here:\n\uF8F1\nor \uF8F2\n"
          + "word ".repeat(40)
          + "\n";
  private static final String HTML =
      "<p title=\"\uF8F0\">\uF8F0</p>\n<a href=\"\uF8F1\">\uF8F1</a><a href=\"\uF8F2\"></a> =_credmill--";
  private static final String LINK = "https://example.org/c/a_b-c?d=e&f=g";
  private static final String CLAIM_LINK = "https://example.org/claim/a_b-c";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada",
        "Адa 李 Ó'Neill <b> & \"Sons\"",
        "ends with a space ",
        "=3D",
        "a name that is as long as no line of quoted-printable may be, and then some more of it",
        "🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓"
      })
  void everyNameComesOutAsItWentIn(String name) throws Exception {
    // Given
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes("Subject: x\r\n".getBytes());
    // When
    new PreparedLetter(new Rendering("x", TEXT, HTML))
        .write(
            new Letter(Purpose.ISSUED, name, "Acme", "Diploma", null, LINK, CLAIM_LINK, "en"),
            message);
    // Then
    MimeMultipart parts =
        (MimeMultipart)
            new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(message.toByteArray()))
                .getContent();
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n"))
        .isEqualTo(
            TEXT.replace("\uF8F0", name).replace("\uF8F1", LINK).replace("\uF8F2", CLAIM_LINK));
    String escaped =
        name.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;");
    assertThat(parts.getBodyPart(1).getContent().toString().replace("\r\n", "\n"))
        .isEqualTo(
            HTML.replace("\uF8F0", escaped)
                .replace("\uF8F1", LINK.replace("&", "&amp;"))
                .replace("\uF8F2", CLAIM_LINK));
    assertThat(message.toString().lines()).allMatch(line -> line.length() <= 78);
  }
}
