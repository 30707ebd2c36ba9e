package dev.credmill.issuance.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.event.ClaimAccess;
import dev.credmill.issuance.securing.Secrets;
import dev.credmill.issuance.securing.SecuringForTests;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimCodesTest {
  private static final short VERSION = 1;
  private final Secrets secrets = new SecuringForTests().secrets;
  private final ClaimCodes codes = new ClaimCodes(secrets);
  private final LinkTokens tokens = new LinkTokens(secrets);
  private final CredentialIdentities identities =
      new CredentialIdentities(new CredentialIds(secrets), tokens, codes);

  @Test
  void aRowAlwaysHasTheSameSixDigits() {
    // Given
    RowLocator row = new RowLocator(7, 2);
    // When
    String code = codes.code(VERSION, row);
    // Then
    assertThat(code).matches("[0-9]{6}").isEqualTo(codes.code(VERSION, row));
  }

  @Test
  void codesOfNeighboursTellNothingOfEachOther() {
    // When
    var distinct =
        IntStream.range(2, 1_002)
            .mapToObj(number -> codes.code(VERSION, new RowLocator(7, number)))
            .collect(Collectors.toSet());
    // Then
    assertThat(distinct).hasSizeGreaterThan(990);
  }

  @Test
  void aLinkThatNeedsACodeDoesNotOpenWithoutOne() {
    // When
    var plain = identities.claim(ClaimAccess.LINK, VERSION, 7, 2);
    var withCode = identities.claim(ClaimAccess.LINK_AND_CODE, VERSION, 7, 2);
    // Then
    assertThat(plain.code()).isNull();
    assertThat(withCode.code()).matches("[0-9]{6}");
    assertThat(tokens.locate(LinkPurpose.CLAIM, plain.token())).isPresent();
    assertThat(tokens.locate(LinkPurpose.CLAIM, withCode.token())).isEmpty();
    assertThat(tokens.locate(LinkPurpose.CLAIM_WITH_CODE, withCode.token())).isPresent();
  }

  @Test
  void nothingIsMadeWhereNothingIsToBeClaimed() {
    // When
    var claim = identities.claim(null, VERSION, 7, 2);
    // Then
    assertThat(claim.token()).isNull();
    assertThat(claim.code()).isNull();
  }
}
