package io.homeroom.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("mysql")
@DisplayName("测试用数据库")
class TestDatabaseTest {

    @Test
    @DisplayName("每次都是空库，且确是所要的那一种")
    void each_is_empty_and_of_the_kind_asked_for() throws SQLException {
        TestDatabase first = TestDatabase.fresh();
        create(first);
        // The same table again would fail in the same database.
        create(TestDatabase.fresh());
        try (var connection = DriverManager.getConnection(first.url(), first.user(), first.password())) {
            assertThat(connection.getMetaData().getDatabaseProductName())
                    .isEqualTo(TestDatabase.onMysql() ? "MySQL" : "H2");
        }
    }

    private static void create(TestDatabase database) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE only_once (id BIGINT PRIMARY KEY)");
        }
    }
}
