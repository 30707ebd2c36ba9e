package dev.credmill.certificate;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands across a certificate that was not issued, so that nobody takes it for one. */
final class PreviewMark {
  /** The canvas, as every checked template has it. */
  static final Pattern VIEW_BOX =
      Pattern.compile(" viewBox=\"\\s*(\\S+?)[\\s,]+(\\S+?)[\\s,]+(\\S+?)[\\s,]+(\\S+?)\\s*\"");

  private PreviewMark() {}

  /** The SVG with the mark from one corner to the other, above everything else. */
  static String across(String svg) {
    Matcher box = VIEW_BOX.matcher(svg);
    int end = svg.lastIndexOf("</");
    if (!box.find() || end < 0) {
      throw new IllegalArgumentException("the SVG is no checked template");
    }
    double width = Double.parseDouble(box.group(3));
    double height = Double.parseDouble(box.group(4));
    double x = Double.parseDouble(box.group(1)) + width / 2;
    double y = Double.parseDouble(box.group(2)) + height / 2;
    double size = Math.hypot(width, height) / 8;
    String mark =
        String.format(
            Locale.ROOT,
            "<text xmlns=\"http://www.w3.org/2000/svg\" x=\"%f\" y=\"%f\" transform=\"rotate(%f %f %f)\" font-size=\"%f\""
                + " font-family=\"sans-serif\" font-weight=\"bold\" text-anchor=\"middle\" fill=\"#c8102e\" fill-opacity=\"0.2\">PREVIEW</text>",
            x,
            y + size * 0.35,
            -Math.toDegrees(Math.atan2(height, width)),
            x,
            y,
            size);
    return svg.substring(0, end) + mark + svg.substring(end);
  }
}
