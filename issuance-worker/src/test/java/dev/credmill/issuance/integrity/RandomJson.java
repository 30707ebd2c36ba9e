package dev.credmill.issuance.integrity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;

/** JSON objects with everything in their texts that needs care. */
final class RandomJson {
  private static final String[] PARTS = {
    "a",
    "Z",
    "é",
    "ß",
    "李",
    "🎓",
    "\"",
    "\\",
    "\n",
    "\r",
    "\t",
    "\b",
    "\f",
    "\u0001",
    "\u001f",
    "\u0080",
    "\u2028",
    "\ufeff",
    "/",
    "<",
    " ",
    "ı",
    "\ud83d\ude00",
    "\ufffd",
    "$",
    "_:",
    "http://x"
  };
  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString();
  }

  ObjectNode object(int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = random.nextInt(6); i > 0; i--) {
      String name = text();
      switch (random.nextInt(depth > 0 ? 7 : 5)) {
        case 0 -> object.put(name, text());
        case 1 -> object.put(name, random.nextInt(1_000_000_000));
        case 2 -> object.put(name, random.nextBoolean());
        case 3 -> object.putNull(name);
        case 4 -> object.put(name, 0);
        case 5 -> object.set(name, object(depth - 1));
        default -> object.set(name, array(depth - 1));
      }
    }
    return object;
  }

  private ArrayNode array(int depth) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.add(random.nextBoolean() ? object(depth - 1) : array.textNode(text()));
    }
    return array;
  }
}
