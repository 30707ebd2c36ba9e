package dev.credmill.registry.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTypeTest {
  @ParameterizedTest
  @CsvSource({
    "Diploma, DiplomaCredential",
    "diploma of honour, DiplomaOfHonourCredential",
    "Training-Certificate 2026, TrainingCertificate2026Credential",
    "Employee Credential, EmployeeCredential",
    "Éducation supérieure, EducationSuperieureCredential"
  })
  void aNameBecomesAType(String name, String type) {
    assertThat(CredentialType.of(name).value()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"学位", "---", "2026"})
  void aNameWithoutLettersOfATypeAsksForOne(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> CredentialType.of(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"diploma", "My Type", "VerifiableCredential", "JsonSchema", ""})
  void aTypeThatIsNotItsOwnIsRefused(String type) {
    assertThatIllegalArgumentException().isThrownBy(() -> new CredentialType(type));
  }
}
