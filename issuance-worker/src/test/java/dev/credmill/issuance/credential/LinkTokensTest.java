package dev.credmill.issuance.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.issuance.securing.SecuringForTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTokensTest {
  private static final short VERSION = 1;
  private final LinkTokens tokens = new LinkTokens(new SecuringForTests().secrets);

  @Test
  void aTokenLeadsBackToItsRowAndIsAlwaysTheSame() {
    // Given
    RowLocator row = new RowLocator((1L << 48) - 1, Integer.MAX_VALUE);
    // When
    String token = tokens.token(LinkPurpose.CRED_URL, VERSION, row);
    // Then
    assertThat(token).hasSize(36).matches("[A-Za-z0-9_-]+");
    assertThat(tokens.locate(LinkPurpose.CRED_URL, token)).contains(row);
    assertThat(tokens.token(LinkPurpose.CRED_URL, VERSION, row)).isEqualTo(token);
  }

  @Test
  void aTokenOfOnePurposeDoesNotOpenAnother() {
    // Given
    RowLocator row = new RowLocator(1, 2);
    // When
    String token = tokens.token(LinkPurpose.CRED_URL, VERSION, row);
    // Then
    assertThat(tokens.locate(LinkPurpose.CLAIM, token)).isEmpty();
    assertThat(tokens.token(LinkPurpose.CLAIM, VERSION, row)).isNotEqualTo(token);
  }

  @Test
  void aForgedTokenIsRefused() {
    // Given
    String token = tokens.token(LinkPurpose.CRED_URL, VERSION, new RowLocator(1, 2));
    for (int at = 0; at < token.length(); at++) {
      char other = token.charAt(at) == 'A' ? 'B' : 'A';
      // When
      String forged = token.substring(0, at) + other + token.substring(at + 1);
      // Then
      assertThat(tokens.locate(LinkPurpose.CRED_URL, forged)).isEmpty();
    }
  }

  @Test
  void aTokenOfOtherSecretsIsRefused() {
    // Given
    LinkTokens others = new LinkTokens(new SecuringForTests().secrets);
    // When
    String token = others.token(LinkPurpose.CRED_URL, VERSION, new RowLocator(1, 2));
    // Then
    assertThat(tokens.locate(LinkPurpose.CRED_URL, token)).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "c",
        "../../../../../../../../etc/passwd..",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void whatIsNoTokenIsRefused(String token) {
    assertThat(tokens.locate(LinkPurpose.CRED_URL, token)).isEmpty();
  }
}
