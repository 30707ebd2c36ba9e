package dev.credmill.certificate;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Dimension2D;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import org.apache.batik.anim.dom.SAXSVGDocumentFactory;
import org.apache.batik.bridge.BridgeContext;
import org.apache.batik.bridge.DocumentLoader;
import org.apache.batik.bridge.EmbededExternalResourceSecurity;
import org.apache.batik.bridge.ExternalResourceSecurity;
import org.apache.batik.bridge.GVTBuilder;
import org.apache.batik.bridge.NoLoadScriptSecurity;
import org.apache.batik.bridge.ScriptSecurity;
import org.apache.batik.bridge.UserAgentAdapter;
import org.apache.batik.ext.awt.RenderingHintsKeyExt;
import org.apache.batik.gvt.GraphicsNode;
import org.apache.batik.util.ParsedURL;
import org.w3c.dom.Document;

/** An SVG in Batik, which runs no script and loads nothing here: a second wall behind the check. */
final class Drawing implements AutoCloseable {
  /** Relative references need a base; nothing is ever asked there (RFC 6761, 6.4). */
  static final String BASE = "http://certificate.invalid/";

  private static final class Closed extends UserAgentAdapter {
    @Override
    public ScriptSecurity getScriptSecurity(String type, ParsedURL script, ParsedURL document) {
      return new NoLoadScriptSecurity(type);
    }

    @Override
    public void checkLoadScript(String type, ParsedURL script, ParsedURL document) {
      throw new SecurityException("no scripts");
    }

    @Override
    public ExternalResourceSecurity getExternalResourceSecurity(
        ParsedURL resource, ParsedURL document) {
      return new EmbededExternalResourceSecurity(resource);
    }

    @Override
    public void checkLoadExternalResource(ParsedURL resource, ParsedURL document) {
      getExternalResourceSecurity(resource, document).checkLoadExternalResource();
    }

    @Override
    public void displayError(Exception error) {
      throw new IllegalArgumentException(error.getMessage(), error);
    }

    @Override
    public void displayError(String message) {
      throw new IllegalArgumentException(message);
    }

    @Override
    public void displayMessage(String message) {}
  }

  private static final class NothingElse extends DocumentLoader {
    NothingElse(UserAgentAdapter userAgent) {
      super(userAgent);
    }

    @Override
    public Document loadDocument(String uri) throws IOException {
      throw new IOException("nothing is loaded");
    }
  }

  private static final class Context extends BridgeContext {
    Context(UserAgentAdapter userAgent) {
      super(userAgent, new NothingElse(userAgent));
      setDynamicState(STATIC);
    }

    void style(Document document) {
      setDocument(document);
      initializeDocument(document);
    }
  }

  private final Context context;
  private final Document document;

  Drawing(String svg) {
    FontConfiguration.ensure();
    UserAgentAdapter userAgent = new Closed();
    context = new Context(userAgent);
    userAgent.setBridgeContext(context);
    try {
      document = new SAXSVGDocumentFactory(null).createDocument(BASE, new StringReader(svg));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    context.style(document);
  }

  /** The document, with the style of each element computed. */
  Document document() {
    return document;
  }

  /** What is to be painted. */
  Picture picture() {
    GraphicsNode root = new GVTBuilder().build(context, document);
    return new Picture(root, context.getDocumentSize());
  }

  @Override
  public void close() {
    context.dispose();
  }

  record Picture(GraphicsNode root, Dimension2D size) {
    void paint(Graphics2D graphics, double scale) {
      // Without it Batik draws groups into pictures first, which a PDF would show as pixels.
      graphics.setRenderingHint(
          RenderingHintsKeyExt.KEY_TRANSCODING, RenderingHintsKeyExt.VALUE_TRANSCODING_VECTOR);
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.scale(scale, scale);
      root.paint(graphics);
    }
  }
}
