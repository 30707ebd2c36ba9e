package dev.credmill.bench.installation;

import java.nio.file.Path;
import java.util.List;

/** The packaged services. */
public enum Service {
  SCHEMA_REGISTRY("schema-registry", "registry"),
  BATCH_API("batch-api", "batch"),
  ISSUANCE_WORKER("issuance-worker", "issuance"),
  NOTIFICATION_WORKER("notification-worker", "notification");

  private final String module;
  private final String role;

  Service(String module, String role) {
    this.module = module;
    this.role = role;
  }

  public String module() {
    return module;
  }

  /** What is started, under the root of the repository. */
  Path jar(Path root) {
    return root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
  }

  /** The options by which it finds its database and its port. */
  List<String> options(int postgresql, int port) {
    return List.of(
        "-Dquarkus.http.host=127.0.0.1",
        "-Dquarkus.http.port=" + port,
        "-Dquarkus.datasource.%s.username=%s".formatted(role, role),
        "-Dquarkus.datasource.%s.jdbc.url=jdbc:postgresql://127.0.0.1:%d/postgres?currentSchema=%s&logServerErrorDetail=false&reWriteBatchedInserts=true"
            .formatted(role, postgresql, role));
  }
}
