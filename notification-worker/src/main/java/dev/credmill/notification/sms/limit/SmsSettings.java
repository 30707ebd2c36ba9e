package dev.credmill.notification.sms.limit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.credmill.contracts.problem.ProblemType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an organization allows for its text messages.
 *
 * @param allowedCountries ISO 3166-1 codes, sorted; null for all countries
 * @param segmentsPerDay null for any number
 * @param segmentsPerMonth null for any number
 */
@Schema(name = "SmsSettings")
public record SmsSettings(
    @Schema(
            nullable = true,
            description =
                "To which countries text messages may go, by ISO 3166-1 code; none for an empty list, for null all that the operator allows",
            examples = "[\"AT\", \"DE\"]")
        List<String> allowedCountries,
    @Schema(
            nullable = true,
            description =
                "How many segments (what gateways charge for) may go out in a day of UTC; null for as many as the operator allows",
            examples = "1000")
        Integer segmentsPerDay,
    @Schema(
            nullable = true,
            description =
                "How many segments may go out in a month of UTC; null for as many as the operator allows",
            examples = "20000")
        Integer segmentsPerMonth) {
  static final SmsSettings NO_LIMITS = new SmsSettings(null, null, null);

  public SmsSettings {
    if (allowedCountries != null) {
      if (!allowedCountries.stream().allMatch(Countries::isOne)) {
        throw ProblemType.INVALID_BODY.because(
            "allowedCountries takes two capital letters for each country, as in ISO 3166-1: DE, not GERMANY or de");
      }
      allowedCountries = List.copyOf(new TreeSet<>(allowedCountries));
    }
    if (isNegative(segmentsPerDay) || isNegative(segmentsPerMonth)) {
      throw ProblemType.INVALID_BODY.because(
          "segmentsPerDay and segmentsPerMonth are 0 or more; leave them out for no limit");
    }
  }

  /** As a body has it: left to itself, Jackson would cut 1.5 down to 1. */
  @JsonCreator
  static SmsSettings of(
      @JsonProperty("allowedCountries") List<String> allowedCountries,
      @JsonProperty("segmentsPerDay") BigDecimal segmentsPerDay,
      @JsonProperty("segmentsPerMonth") BigDecimal segmentsPerMonth) {
    return new SmsSettings(allowedCountries, whole(segmentsPerDay), whole(segmentsPerMonth));
  }

  private static Integer whole(BigDecimal number) {
    try {
      return number == null ? null : number.intValueExact();
    } catch (ArithmeticException _) {
      throw ProblemType.INVALID_BODY.because(
          "segmentsPerDay and segmentsPerMonth are whole numbers, 2147483647 at most");
    }
  }

  private static boolean isNegative(Integer number) {
    return number != null && number < 0;
  }

  boolean allows(Optional<String> country) {
    return allowedCountries == null || country.filter(allowedCountries::contains).isPresent();
  }
}
