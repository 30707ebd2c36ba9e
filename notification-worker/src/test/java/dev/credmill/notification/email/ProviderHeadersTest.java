package dev.credmill.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.notification.NotificationConfig.EmailConfig.Provider;
import dev.credmill.notification.delivery.DeliveryKey;
import dev.credmill.notification.email.identity.OwnServer;
import dev.credmill.notification.email.identity.Security;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProviderHeadersTest {
  private static final DeliveryKey KEY =
      new DeliveryKey(new RowId(BatchId.at(Instant.now()), 2), Medium.EMAIL, Purpose.ISSUED, 1);

  @ParameterizedTest
  @EnumSource(names = {"NONE", "SES"})
  void whereTheMessageIdOrTheReturnPathDoNothingIsAdded(Provider provider) {
    assertThat(ProviderHeaders.of(provider, KEY)).isEmpty();
  }

  @Test
  void postmarkKeepsTheMessageIdAndGivesTheNameBack() {
    assertThat(ProviderHeaders.of(Provider.POSTMARK, KEY))
        .isEqualTo(
            "X-PM-KeepID: true\r\nX-PM-Metadata-credmill: %s\r\n".formatted(KEY.messageHex()));
  }

  @ParameterizedTest
  @CsvSource({
    "smtp.postmarkapp.com,POSTMARK",
    "SMTP-broadcasts.PostmarkApp.com,POSTMARK",
    "smtp.eu.sendgrid.net,SENDGRID",
    "email-smtp.eu-central-1.amazonaws.com,NONE",
    "smtp.notsendgrid.net,NONE"
  })
  void whoseAnOrganizationsServerIsFollowsFromItsName(String host, Provider provider) {
    assertThat(ProviderHeaders.providerOf(new OwnServer(host, 587, Security.STARTTLS, null, null)))
        .isEqualTo(provider);
  }

  @ParameterizedTest
  @EnumSource
  void everyLineIsWithinWhatMailAllows(Provider provider) {
    assertThat(ProviderHeaders.of(provider, KEY).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(78).isASCII());
  }
}
