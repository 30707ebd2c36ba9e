package dev.credmill.notification.sms;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a message says, in the alphabet that makes it shortest, and the segments that it takes: each
 * is paid for.
 */
public record SmsText(String words, Alphabet alphabet, List<String> segments) {
  private static final Pattern LINK = Pattern.compile("https?://\\S+");

  public SmsText {
    segments = List.copyOf(segments);
  }

  /**
   * The text, with typographic characters in place of which plain ones save more than half of the
   * room. Letters stay as they are: people are not to find their names misspelt.
   */
  public static SmsText of(String text) {
    if (Gsm7.covers(text)) {
      return in(Alphabet.GSM_7, text);
    }
    String plain = Typography.plain(text);
    return Gsm7.covers(plain) ? in(Alphabet.GSM_7, plain) : in(Alphabet.UCS_2, text);
  }

  private static SmsText in(Alphabet alphabet, String text) {
    if (alphabet.weight(text) <= alphabet.alone()) {
      return new SmsText(text, alphabet, List.of(text));
    }
    // Phones that show segments one by one can open a link only if it stands whole in one of them.
    List<String> whole = segments(alphabet, atoms(text, alphabet.together(), alphabet));
    List<String> shortest = segments(alphabet, characters(text));
    return new SmsText(text, alphabet, whole.size() > shortest.size() ? shortest : whole);
  }

  private static List<String> segments(Alphabet alphabet, List<String> atoms) {
    List<String> segments = new ArrayList<>();
    StringBuilder segment = new StringBuilder();
    int filled = 0;
    for (String atom : atoms) {
      int weight = alphabet.weight(atom);
      if (filled + weight > alphabet.together()) {
        segments.add(segment.toString());
        segment.setLength(0);
        filled = 0;
      }
      segment.append(atom);
      filled += weight;
    }
    segments.add(segment.toString());
    return segments;
  }

  /** Links that fit into a segment as a whole, all else by character. */
  private static List<String> atoms(String text, int room, Alphabet alphabet) {
    List<String> atoms = new ArrayList<>();
    Matcher link = LINK.matcher(text);
    int end = 0;
    while (link.find()) {
      atoms.addAll(characters(text.substring(end, link.start())));
      if (alphabet.weight(link.group()) <= room) {
        atoms.add(link.group());
      } else {
        atoms.addAll(characters(link.group()));
      }
      end = link.end();
    }
    atoms.addAll(characters(text.substring(end)));
    return atoms;
  }

  private static List<String> characters(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }
}
