package dev.credmill.certificate;

import java.util.regex.Matcher;

/**
 * The certificate as a template that wallets fill by themselves (SD-JWT VC type metadata, {@code
 * svg_templates}): whatever is the same for everybody is drawn already, and {@code {{svg_id}}}
 * stands for claims, in texts only.
 *
 * @param svg without scripts, links, and anything from elsewhere
 */
public record WalletTemplate(String svg) {
  public boolean landscape() {
    Matcher box = PreviewMark.VIEW_BOX.matcher(svg);
    return box.find() && Double.parseDouble(box.group(3)) >= Double.parseDouble(box.group(4));
  }
}
