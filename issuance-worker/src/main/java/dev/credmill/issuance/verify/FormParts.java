package dev.credmill.issuance.verify;

import dev.credmill.contracts.problem.ProblemType;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A form's parts, in memory: the server's own way would put files of strangers on the disk. */
final class FormParts {
  private static final int MOST = 10;

  private FormParts() {}

  /**
   * Those that are not empty, by name.
   *
   * @param contentType of {@code multipart/form-data} or {@code application/x-www-form-urlencoded}
   */
  static Map<String, byte[]> filled(String contentType, byte[] body) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
    HttpPostRequestDecoder decoder = null;
    try {
      request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
      decoder =
          new HttpPostRequestDecoder(
              new DefaultHttpDataFactory(false),
              request,
              StandardCharsets.UTF_8,
              MOST,
              body.length + 1);
      Map<String, byte[]> parts = new LinkedHashMap<>();
      for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
        if (part instanceof HttpData data && data.length() > 0) {
          parts.put(data.getName(), data.get());
        }
      }
      return parts;
    } catch (IOException | RuntimeException e) {
      throw ProblemType.INVALID_BODY.because(
          "The form is not well-formed; its parts are file, credential and link");
    } finally {
      if (decoder != null) {
        decoder.destroy();
      }
      request.release();
    }
  }
}
