package dev.credmill.backing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseIT {
  @TempDir Path folder;

  @Test
  void whatWasCommittedIsThereAfterARestart() throws Exception {
    // Given
    try (Database database = Database.start(folder, 0);
        var connection = DriverManager.getConnection(database.url("batch"), "batch", "");
        var statement = connection.createStatement()) {
      statement.execute("create table kept as select 42 as answer");
    }
    // When
    try (Database database = Database.start(folder, 0);
        var connection = DriverManager.getConnection(database.url("batch"), "batch", "");
        var statement = connection.createStatement();
        var result = statement.executeQuery("select answer, current_setting('fsync') from kept")) {
      // Then
      assertThat(result.next()).isTrue();
      assertThat(result.getInt(1)).isEqualTo(42);
      assertThat(result.getString(2)).isEqualTo("on");
    }
  }
}
