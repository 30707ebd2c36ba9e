package dev.credmill.issuance.offer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.certificate.QrPath;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.credential.ClaimLinks;
import dev.credmill.issuance.credential.ClaimLinks.Claimable;
import dev.credmill.issuance.page.Pages;
import dev.credmill.issuance.page.PublicResponse;
import dev.credmill.issuance.page.Stylesheet;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.io.InputStream;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * The claim link, which only the recipient's message carries. Opening it, as mail scanners and
 * previews do, uses nothing up and shows nothing of the recipient; an offer is made when somebody
 * presses the button.
 */
@PermitAll
@Path("/claim")
@Tag(name = "Wallets")
class ClaimResource {
  private static final String SCHEME = "openid-credential-offer://?";
  private static final String TOKEN = "The last part of the claim link";
  private static final String EXAMPLE = "AcLm0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpTk";
  private static final List<Variant> PAGE_OR_DATA =
      Variant.mediaTypes(
              MediaType.TEXT_HTML_TYPE,
              MediaType.APPLICATION_JSON_TYPE,
              MediaType.valueOf("application/problem+json"))
          .build();
  private final ClaimLinks links;
  private final Offers offers;
  private final ClaimTitles titles;
  private final Stylesheet style;
  private final IssuanceConfig config;
  private final ObjectMapper json;

  ClaimResource(
      ClaimLinks links,
      Offers offers,
      ClaimTitles titles,
      Stylesheet style,
      IssuanceConfig config,
      ObjectMapper json) {
    this.links = links;
    this.offers = offers;
    this.titles = titles;
    this.style = style;
    this.config = config;
    this.json = json;
  }

  /** The form of the page, for the documentation. */
  @Schema(name = "OfferRequest")
  static class Choice {
    @Schema(
        description = "One of the definition's formats, or several, or `all`",
        examples = "vc+jwt")
    public List<String> format;
  }

  /** What can be claimed, for programs. */
  @Schema(name = "Claim")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ClaimView(
      String title,
      String issuer,
      boolean claimable,
      @Schema(description = "Why not, where it cannot be claimed") String obstacle,
      @Schema(description = "Whether the wallet will ask for digits (`tx_code`)")
          boolean asksForDigits,
      @Schema(description = "The forms to choose from, the usual one first")
          List<String> formats) {}

  /** An offer that was made, for programs. */
  @Schema(name = "OfferMade")
  record OfferView(
      @Schema(description = "The offer itself, by value") Offer offer,
      @Schema(description = "The offer by reference: the `credential_offer_uri`") String offerUri,
      @Schema(description = "Opens a wallet, with the offer by reference") String deepLink,
      @Schema(description = "Opens a wallet, with the offer by value") String deepLinkByValue,
      boolean asksForDigits,
      Instant expiresAt) {}

  @GET
  @Path("/{token}")
  @Operation(
      operationId = "getClaim",
      summary = "What a claim link leads to",
      description =
          "A page with a button. However often it is opened, nothing is offered and nothing used up by it.")
  @APIResponse(
      responseCode = "200",
      description = "The page, or the same for programs",
      content = {
        @Content(
            mediaType = MediaType.TEXT_HTML,
            examples =
                @ExampleObject(name = "page", value = "<!DOCTYPE html><html lang=\"en\">...")),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ClaimView.class),
            examples =
                @ExampleObject(
                    name = "claim",
                    value =
                        "{\"title\": \"Your diploma\", \"issuer\": \"Acme University\", \"claimable\": true, \"asksForDigits\": false, \"formats\": [\"dc+sd-jwt\", \"vc+jwt\"]}"))
      })
  @APIResponse(
      responseCode = "404",
      description = "There is nothing to claim at this address; nothing more is told",
      content = {
        @Content(mediaType = MediaType.TEXT_HTML),
        @Content(mediaType = "application/problem+json")
      })
  public Response claim(
      @Parameter(description = TOKEN, example = EXAMPLE) @RestPath String token,
      @Context Request request) {
    boolean page = wantsPage(request);
    return guarded(page, () -> show(claimable(token), page));
  }

  private Response show(Claimable claimable, boolean page) {
    Optional<String> obstacle = offers.obstacle(claimable.credential());
    ClaimTitles.Titles shown = titles.of(claimable.credential());
    List<Configuration> configurations = offers.configurations(claimable.credential());
    if (!page) {
      return Response.ok(
              new ClaimView(
                  shown.title(),
                  shown.issuer(),
                  obstacle.isEmpty(),
                  obstacle.orElse(null),
                  claimable.code() != null,
                  configurations.stream().map(one -> one.format().definitionName()).toList()))
          .type(MediaType.APPLICATION_JSON_TYPE)
          .build();
    }
    List<ClaimPage.Choice> choices =
        configurations.stream()
            .skip(1)
            .map(one -> new ClaimPage.Choice(one.format().definitionName(), one.format().title()))
            .toList();
    return html(
        Response.Status.OK.getStatusCode(),
        ClaimPages.claim(
            new ClaimPage(
                shown.title(),
                shown.description(),
                shown.language(),
                shown.issuer(),
                obstacle.orElse(null),
                claimable.code() != null,
                choices)));
  }

  @POST
  @Path("/{token}")
  @Operation(
      operationId = "makeOffer",
      summary = "Make an offer to a wallet",
      description =
          "The button on the page. Makes a Credential Offer with a pre-authorized code that can be redeemed once and soon; an earlier"
              + " offer that nobody has redeemed is worth nothing from now on.")
  @RequestBody(
      description =
          "`format` chooses one of the definition's formats; several of them, or `all`, offer several. Left out, it is the one that most wallets take",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_FORM_URLENCODED,
              schema = @Schema(implementation = Choice.class),
              examples = @ExampleObject(name = "format", value = "format=vc%2Bjwt")))
  @APIResponse(
      responseCode = "200",
      description = "The offer: a page with QR code and deep link, or the same for programs",
      content = {
        @Content(
            mediaType = MediaType.TEXT_HTML,
            examples =
                @ExampleObject(name = "page", value = "<!DOCTYPE html><html lang=\"en\">...")),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = OfferView.class),
            examples =
                @ExampleObject(
                    name = "offer",
                    value =
                        """
                        {"offer": {"credential_issuer": "https://issuer.example/orgs/acme",
                           "credential_configuration_ids": ["diploma.sd-jwt"],
                           "grants": {"urn:ietf:params:oauth:grant-type:pre-authorized_code": {"pre-authorized_code": "Yb3kq0o2..."}}},
                         "offerUri": "https://issuer.example/orgs/acme/offers/3kq0o2Zz...",
                         "deepLink": "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fissuer.example%2F...",
                         "deepLinkByValue": "openid-credential-offer://?credential_offer=%7B...",
                         "asksForDigits": false, "expiresAt": "2026-11-22T10:10:00Z"}
                        """))
      })
  @APIResponse(
      responseCode = "400",
      description = "The definition has no such format",
      content = @Content(mediaType = "application/problem+json"))
  @APIResponse(
      responseCode = "404",
      description = "There is nothing to claim at this address; nothing more is told",
      content = @Content(mediaType = "application/problem+json"))
  @APIResponse(
      responseCode = "409",
      description = "The credential is revoked or has expired",
      content = @Content(mediaType = "application/problem+json"))
  @APIResponse(
      responseCode = "429",
      description = "Too many offers or wrong digits today",
      content = @Content(mediaType = "application/problem+json"))
  public Response offer(
      @Parameter(description = TOKEN, example = EXAMPLE) @RestPath String token,
      InputStream body,
      @Context Request request) {
    boolean page = wantsPage(request);
    return guarded(page, () -> make(claimable(token), Requests.formats(body), page));
  }

  private Response make(Claimable claimable, List<String> formats, boolean page) {
    List<Configuration> configurations =
        chosen(offers.configurations(claimable.credential()), formats);
    Offers.Made made = offers.make(claimable, configurations);
    String deepLink = SCHEME + "credential_offer_uri=" + encoded(made.uri());
    String byValue = SCHEME + "credential_offer=" + encoded(text(made.offer()));
    if (!page) {
      return Response.ok(
              new OfferView(
                  made.offer(),
                  made.uri(),
                  deepLink,
                  byValue,
                  made.asksForDigits(),
                  made.expiresAt()))
          .type(MediaType.APPLICATION_JSON_TYPE)
          .build();
    }
    ClaimTitles.Titles shown = titles.of(claimable.credential());
    return html(
        Response.Status.OK.getStatusCode(),
        ClaimPages.offer(
            new OfferPage(
                shown.title(),
                shown.language(),
                shown.issuer(),
                deepLink,
                byValue,
                new RawString(QrPath.of(deepLink)),
                Math.max(1, config.offer().codeLifetime().toMinutes()),
                made.asksForDigits())));
  }

  private static List<Configuration> chosen(List<Configuration> all, List<String> formats) {
    if (formats.isEmpty()) {
      return all.subList(0, 1);
    }
    if (formats.equals(List.of("all"))) {
      return all;
    }
    List<Configuration> chosen =
        all.stream().filter(one -> formats.contains(one.format().definitionName())).toList();
    if (chosen.size() < formats.stream().distinct().count()) {
      throw ProblemType.INVALID_PARAMETER.because(
          "This credential can be had as "
              + String.join(", ", all.stream().map(one -> one.format().definitionName()).toList())
              + "; choose with format among these");
    }
    return chosen;
  }

  private Claimable claimable(String token) {
    return links
        .find(token)
        .orElseThrow(
            () ->
                ProblemType.NOT_FOUND.because(
                    "There is nothing to claim at this address; use the whole link as it was sent"));
  }

  /** With the headers of a secret link, and for people with problems that they can read. */
  private Response guarded(boolean page, Supplier<Response> answer) {
    Response response;
    try {
      response = answer.get();
    } catch (ProblemException e) {
      Problem problem = e.problem();
      response =
          page
              ? html(problem.status(), Pages.nothing(problem.title(), problem.detail()))
              : Response.status(problem.status())
                  .type("application/problem+json")
                  .entity(problem)
                  .build();
    }
    return PublicResponse.guarded(
            Response.fromResponse(response)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT),
            style.policyWithForm())
        .build();
  }

  private static boolean wantsPage(Request request) {
    Variant wanted = request.selectVariant(PAGE_OR_DATA);
    return wanted == null || wanted.getMediaType().equals(MediaType.TEXT_HTML_TYPE);
  }

  private static Response html(int status, TemplateInstance page) {
    return Response.status(status)
        .type(MediaType.TEXT_HTML_TYPE.withCharset(UTF_8.name()))
        .entity(page.render())
        .build();
  }

  private String text(Offer offer) {
    try {
      return json.writeValueAsString(offer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For a query by RFC 3986: not every wallet takes a plus sign for a space. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
