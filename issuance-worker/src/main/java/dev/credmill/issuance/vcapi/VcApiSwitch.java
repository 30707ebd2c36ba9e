package dev.credmill.issuance.vcapi;

import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.IssuanceConfig;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Where the VC API is off nothing is there, whoever asks and with whatever key. */
class VcApiSwitch {
  private static final Pattern PATHS =
      Pattern.compile("/(credentials/(issue|verify|status)|presentations/verify)/?");
  private final IssuanceConfig config;

  VcApiSwitch(IssuanceConfig config) {
    this.config = config;
  }

  @ServerRequestFilter(preMatching = true)
  void check(ContainerRequestContext request) {
    if (!config.vcApi() && PATHS.matcher(request.getUriInfo().getPath()).matches()) {
      throw ProblemType.NOT_FOUND.because("There is nothing at this address");
    }
  }
}
