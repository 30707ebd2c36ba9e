package dev.credmill.issuance.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jcs.Jcs;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JcsCanonicalizationTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** RFC 8785, appendix B, and the borders of each form. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555555, 333333333.3333333",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void aNumberIsWrittenAsEcmaScriptWritesIt(String bits, String text) {
    assertThat(
            JcsCanonicalization.number(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
        .isEqualTo(text);
  }

  @RepeatedTest(50)
  void adocumentIsWrittenAsAnotherImplementationWritesIt(RepetitionInfo run) throws Exception {
    // Given
    ObjectNode document = new RandomJson(new Random(run.getCurrentRepetition())).object(4);
    // When
    String canonical = new JcsCanonicalization().canonical(document);
    // Then
    assertThat(canonical).isEqualTo(Jcs.canonize(JakartaJson.object(document)));
    assertThat(JSON.readTree(canonical)).isEqualTo(document);
  }
}
