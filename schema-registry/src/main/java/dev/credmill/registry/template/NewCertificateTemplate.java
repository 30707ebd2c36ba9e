package dev.credmill.registry.template;

import dev.credmill.registry.catalogue.OneLine;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A certificate template to be entered. */
public record NewCertificateTemplate(
    @Schema(description = "Names this version; left out, one is made", examples = "diploma-2026")
        @Size(max = 64, message = "must have 64 characters at most")
        String id,
    @Schema(description = "What the catalogue calls it", examples = "Diploma, blue and gold")
        @NotBlank(message = "is missing: what the catalogue calls it")
        @Size(max = 100, message = "must have 100 characters at most")
        @OneLine
        String name,
    @Schema(description = "One sentence about it", examples = "Landscape A4 with seal")
        @Size(max = 500, message = "must have 500 characters at most")
        @OneLine
        String description,
    @Schema(
            description =
                "SVG with placeholders such as {{degree}}: no script, no reference to anything outside")
        @NotBlank(message = "is missing: the SVG")
        @Size(max = 2_000_000, message = "must have 2,000,000 characters at most")
        String svg,
    @Schema(
            description = "A value for every placeholder that is not built in; previews show them",
            examples = "{\"degree\": \"Master of Science\"}")
        @Size(max = 200, message = "must have 200 entries at most")
        Map<
                @NotNull(message = "must be named")
                @Pattern(
                    regexp = "[A-Za-z_][A-Za-z0-9_]{0,63}",
                    message = "must be named by 1 to 64 of A-Z, a-z, 0-9 and _")
                String,
                @NotNull(message = "must have a value")
                @Size(max = 1000, message = "must have 1000 characters at most") @OneLine String>
            sampleValues) {
  public NewCertificateTemplate {
    sampleValues = sampleValues == null ? Map.of() : new TreeMap<>(sampleValues);
  }
}
