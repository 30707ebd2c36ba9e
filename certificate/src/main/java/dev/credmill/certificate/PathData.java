package dev.credmill.certificate;

import java.awt.Shape;
import java.awt.geom.PathIterator;

/** A shape as the {@code d} of an SVG path, exact to a hundredth of a unit. */
final class PathData {
  private PathData() {}

  static String of(Shape shape) {
    StringBuilder data = new StringBuilder();
    double[] points = new double[6];
    for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
      switch (path.currentSegment(points)) {
        case PathIterator.SEG_MOVETO -> append(data, 'M', points, 2);
        case PathIterator.SEG_LINETO -> append(data, 'L', points, 2);
        case PathIterator.SEG_QUADTO -> append(data, 'Q', points, 4);
        case PathIterator.SEG_CUBICTO -> append(data, 'C', points, 6);
        case PathIterator.SEG_CLOSE -> data.append('Z');
        default -> throw new IllegalStateException("a path has no other segments");
      }
    }
    return data.toString();
  }

  private static void append(StringBuilder data, char command, double[] points, int count) {
    data.append(command);
    for (int i = 0; i < count; i++) {
      long hundredths = Math.round(points[i] * 100);
      if (i > 0 && hundredths >= 0) {
        data.append(' ');
      }
      append(data, hundredths);
    }
  }

  private static void append(StringBuilder data, long hundredths) {
    if (hundredths < 0) {
      data.append('-');
    }
    long magnitude = Math.abs(hundredths);
    long whole = magnitude / 100;
    long rest = magnitude % 100;
    if (whole > 0 || rest == 0) {
      data.append(whole);
    }
    if (rest > 0) {
      data.append('.').append((char) ('0' + rest / 10));
      if (rest % 10 > 0) {
        data.append((char) ('0' + rest % 10));
      }
    }
  }
}
