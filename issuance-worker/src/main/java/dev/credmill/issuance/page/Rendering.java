package dev.credmill.issuance.page;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.credmill.certificate.Attachment;
import dev.credmill.certificate.BuiltInTemplate;
import dev.credmill.certificate.Certificate;
import dev.credmill.certificate.CertificateSvg;
import dev.credmill.certificate.TemplateRefused;
import dev.credmill.contracts.registry.CertificateTemplate;
import dev.credmill.issuance.IssuanceConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Renders certificates when asked, a few at a time: a page that is opened by thousands costs
 * waiting, never the service. What was rendered is kept for a short while.
 */
@ApplicationScoped
class Rendering {
  private static final Logger LOG = Logger.getLogger(Rendering.class);
  private final PageConfig config;
  private final ThreadPoolExecutor pool;
  private final AsyncCache<Picture, byte[]> pictures;
  private final Cache<CertificateTemplate, CertificateSvg> templates =
      Caffeine.newBuilder().maximumSize(100).build();
  private volatile CertificateSvg plain;

  private record Picture(String token, PictureFormat format) {}

  Rendering(IssuanceConfig issuance) {
    config = issuance.page();
    pool =
        new ThreadPoolExecutor(
            config.renderThreads(),
            config.renderThreads(),
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(config.renderQueue()),
            Thread.ofPlatform().daemon().name("certificate-rendering-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    pictures =
        Caffeine.newBuilder()
            .maximumWeight(config.cacheBytes())
            .weigher((Picture picture, byte[] bytes) -> bytes.length)
            .expireAfterWrite(config.cacheFor())
            .executor(pool::execute)
            .buildAsync();
  }

  /** The picture, or nothing when too much is asked for at the moment. */
  Optional<byte[]> render(Presented credential, PictureFormat format) {
    Picture picture = new Picture(credential.stored().linkToken(), format);
    try {
      return Optional.of(
          pictures
              .get(
                  picture,
                  (key, executor) ->
                      CompletableFuture.supplyAsync(() -> draw(credential, format), pool))
              .get(config.renderTimeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | CompletionException e) {
      throw new IllegalStateException("a certificate was not rendered", e.getCause());
    }
  }

  private byte[] draw(Presented credential, PictureFormat format) {
    Certificate certificate =
        credential.template().map(this::parsed).orElseGet(this::plain).fill(credential.values());
    return switch (format) {
      case SVG -> certificate.svg().getBytes(UTF_8);
      case PNG -> certificate.png(config.pngWidth());
      case PDF ->
          certificate.pdf(
              credential.title(),
              new Attachment(
                  Attachment.CREDENTIAL,
                  Media.VC_JWT,
                  "The credential, signed: what this page is a picture of",
                  credential.stored().jwt().getBytes(US_ASCII)));
    };
  }

  /** Checked when it was entered; one that is refused all the same is not trusted here. */
  private CertificateSvg parsed(CertificateTemplate template) {
    return templates.get(
        template,
        t -> {
          try {
            return CertificateSvg.parse(t.svg());
          } catch (TemplateRefused e) {
            LOG.errorf(
                "certificate template %s is refused, the plain one is shown instead", t.id());
            return plain();
          }
        });
  }

  private CertificateSvg plain() {
    CertificateSvg parsed = plain;
    if (parsed == null) {
      parsed = BuiltInTemplate.PLAIN.template();
      plain = parsed;
    }
    return parsed;
  }

  @PreDestroy
  void close() {
    pool.shutdownNow();
  }
}
