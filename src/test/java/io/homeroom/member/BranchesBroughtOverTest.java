package io.homeroom.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.testing.TestDatabase;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("mysql")
@DisplayName("升级以前登记的会员：每个分会的名单里都有")
class BranchesBroughtOverTest {

    private final TestDatabase database = TestDatabase.fresh();
    private final JdbcClient jdbc =
            JdbcClient.create(new DriverManagerDataSource(database.url(), database.user(), database.password()));

    @Test
    @DisplayName("其余的分会也都带过来，一个不少、一个不多，已有的不动")
    void all_branches_of_members_entered_before_are_brought_over() {
        scripts().target("241").load().migrate();
        entered("bacca", 1, "动漫分会", "{\"branch-more\":\"漫画分会、游戏分会\",\"phone\":\"、\"}");
        entered("bacca", 2, "动漫分会", "{\"region\":\"北京\"}");
        entered("bacca", 3, null, "{\"a\":\"x\",\"branch-more\":\"\"}");
        entered("bacca", 4, "漫画分会", "{\"branch-more\":\"" + "长".repeat(80) + "、漫画分会、动漫分会\"}");
        entered("other", 1, "一", "{\"branch-more\":\"二\"}");
        scripts().target("291").load().migrate();
        assertThat(rows()).as("as it was until now").hasSize(4);
        // Whoever changed since is written down whole already.
        jdbc.sql("insert into member_branch (association_id, branch, member_id) values ('bacca', '游戏分会', 1)")
                .update();

        scripts().load().migrate();

        assertThat(rows())
                .containsExactlyInAnyOrder(
                        "bacca 1 动漫分会",
                        "bacca 1 漫画分会",
                        "bacca 1 游戏分会",
                        "bacca 2 动漫分会",
                        "bacca 4 漫画分会",
                        "bacca 4 动漫分会",
                        "bacca 4 " + "长".repeat(80),
                        "other 1 一",
                        "other 1 二");
    }

    private FluentConfiguration scripts() {
        return Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .locations("classpath:sql");
    }

    private void entered(String association, long id, String branch, String data) {
        jdbc.sql("insert into member (association_id, id, name, kind, grade, standing, has_number, branch, posts,"
                        + " sanctions, data) values (:a, :id, '星河', 'unit', '会员', 'active', 0, :branch, '[]', '[]',"
                        + " :data)")
                .param("a", association)
                .param("id", id)
                .param("branch", branch)
                .param("data", data)
                .update();
    }

    private List<String> rows() {
        return jdbc.sql("select association_id, member_id, branch from member_branch")
                .query((row, n) -> row.getString(1) + " " + row.getLong(2) + " " + row.getString(3))
                .list();
    }
}
