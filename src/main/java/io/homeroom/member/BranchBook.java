package io.homeroom.member;

import io.homeroom.ground.Tenant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who is in which branches, by branch: a member may be in several (BACCA-27-7). Follows the roster. */
@Component
class BranchBook {

    private final JdbcClient jdbc;

    BranchBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes down where a member is that was nowhere before. */
    void enter(Member member) {
        for (String branch : member.branches()) {
            jdbc.sql("insert into member_branch (association_id, branch, member_id)"
                            + " values (:association, :branch, :member)")
                    .param("association", Tenant.current())
                    .param("branch", branch)
                    .param("member", member.id())
                    .update();
        }
    }

    /** Writes down where it is now instead of where it was. */
    void move(Member member) {
        jdbc.sql("delete from member_branch where association_id = :association and member_id = :member")
                .param("association", Tenant.current())
                .param("member", member.id())
                .update();
        enter(member);
    }

    /** Keys of those who are in one of these branches, by age. */
    List<Long> in(Collection<String> branches) {
        return branches.isEmpty()
                ? List.of()
                : jdbc.sql("select distinct member_id from member_branch where association_id = :association"
                                + " and branch in (:branches) order by member_id")
                        .param("association", Tenant.current())
                        .param("branches", branches)
                        .query(Long.class)
                        .list();
    }

    /** All branches in which anybody is, by name. */
    List<String> all() {
        return jdbc.sql("select distinct branch from member_branch where association_id = :association order by branch")
                .param("association", Tenant.current())
                .query(String.class)
                .list();
    }
}
