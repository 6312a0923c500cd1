package io.homeroom.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("几张表里关于会员的行，一句 SQL 读出")
class MemberRowsTest {

    @Test
    @DisplayName("各表的列补成同一个形状")
    void eachTableHasTheSameShape() {
        String wide = new MemberRows.Columns(
                        "bill",
                        "bill_once",
                        List.of("a", "b", "c", "d", "e", "f"),
                        List.of("g", "h", "i"),
                        List.of("j", "k", "l", "m"))
                .select();
        String narrow = new MemberRows.Columns("activity", "activity_member", List.of(), List.of("held_on"), List.of())
                .select();

        assertThat(wide)
                .isEqualTo("select 0, member_id, a, b, c, d, e, f, g, h, i, j, k, l, m from bill"
                        + " where association_id = :association");
        assertThat(narrow)
                .isEqualTo("select 0, member_id, null, null, null, null, null, null, held_on, null, null, null, null,"
                        + " null, null from activity where association_id = :association");
    }

    @Test
    @DisplayName("列多得放不下：当场说是哪张表")
    void moreColumnsThanTheShapeHasAreRefused() {
        List<String> four = List.of("a", "b", "c", "d");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemberRows.Columns("bill", "bill_once", List.of(), four, List.of()))
                .withMessageContaining("bill");
    }
}
