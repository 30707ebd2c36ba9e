package dev.credmill.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Your diploma",
        "Zeugnis für Größe",
        "Your diploma 🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓🎓 with many signs",
        "学位证书学位证书学位证书学位证书学位证书学位证书学位证书",
        "looks =?UTF-8?Q?encoded?= already",
        "quoted \"name\" with \\ and, comma"
      })
  void aMailProgramReadsWhatWasWritten(String text) throws Exception {
    // When
    String subject = HeaderText.unstructured(text);
    InternetAddress from = new InternetAddress(HeaderText.mailbox(text, "a@example.com"));
    // Then
    assertThat(MimeUtility.decodeText(MimeUtility.unfold(subject))).isEqualTo(text);
    assertThat(from.getPersonal()).isEqualTo(text);
    assertThat(from.getAddress()).isEqualTo("a@example.com");
    assertThat(subject.lines()).allMatch(line -> line.length() <= 76);
  }

  @Test
  void noTextEndsALine() {
    // When
    String subject = HeaderText.unstructured("one\r\nBcc: x@example.com\u0000\u2028two\u0085three");
    // Then
    assertThat(subject).isEqualTo("one Bcc: x@example.com two three");
  }

  @Test
  void anOrganizationWithoutANameIsItsAddress() {
    assertThat(HeaderText.mailbox(" \n ", "a@example.com")).isEqualTo("a@example.com");
  }
}
