package dev.credmill.registry.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.registry.CredentialDefinition.Column;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SheetTest {
  private static final List<Column> CLAIMS =
      List.of(new Column("Degree", "degree", true), new Column("Grade, final", "grade", false));

  @Test
  void theColumnsFollowFromMediaAndClaims() {
    assertThat(Sheet.of(CLAIMS, EnumSet.of(Medium.SMS, Medium.EMAIL), true).headings())
        .containsExactly(
            "Reference",
            "First Name",
            "Last Name",
            "Email",
            "Phone",
            "Expiration",
            "Language",
            "Degree",
            "Grade, final");
    assertThat(Sheet.of(CLAIMS, Set.of(), false).headings())
        .containsExactly("First Name", "Last Name", "Expiration", "Degree", "Grade, final");
  }

  @Test
  void theFileIsWhatExcelKeepsAsItIs() {
    assertThat(Sheet.of(CLAIMS, Set.of(Medium.EMAIL), false).csv())
        .isEqualTo("\uFEFFFirst Name,Last Name,Email,Expiration,Degree,\"Grade, final\"\r\n");
  }
}
