package io.homeroom.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("由台账推出会员状态")
class LedgerTest {

    private final List<Ledger.Line> lines = new ArrayList<>();

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    private void line(EntryKind kind, String on, String... data) {
        line(null, kind, on, data);
    }

    private void line(@Nullable String annulled, EntryKind kind, String on, String... data) {
        Map<String, String> facts = new java.util.HashMap<>();
        for (int i = 0; i < data.length; i += 2) {
            facts.put(data[i], data[i + 1]);
        }
        lines.add(new Ledger.Line(
                lines.size() + 1L,
                new Entry(kind, day(on), "", "t", null, facts),
                annulled == null ? null : day(annulled)));
    }

    private Member on(String day) {
        return Ledger.member(new Ledger.Known(1, null, null), lines, day(day));
    }

    @Test
    @DisplayName("没有记录的，不是会员")
    void nothingKnownIsNobody() {
        assertThat(on("2025-01-01").standing()).isEqualTo(Standing.NONE);
    }

    @Test
    @DisplayName("申请、批准、升级：各日看到的是各日的状态")
    void eachDayShowsItsOwnState() {
        line(EntryKind.APPLIED, "2025-03-03", "name", "甲公司", "grade", "观察会员");
        line(EntryKind.JOINED, "2025-06-25");
        line(EntryKind.GRADE, "2026-07-15", "grade", "普通会员");

        assertThat(on("2025-03-02").standing()).isEqualTo(Standing.NONE);
        assertThat(on("2025-06-24").standing()).isEqualTo(Standing.APPLICANT);
        assertThat(on("2025-06-25").standing()).isEqualTo(Standing.ACTIVE);
        assertThat(on("2026-07-14").grade()).isEqualTo("观察会员");
        assertThat(on("2026-07-15").grade()).isEqualTo("普通会员");
        assertThat(on("2026-07-15").since()).isEqualTo("2026-07-15");
        assertThat(on("2026-07-15").joinedOn()).isEqualTo("2025-06-25");
    }

    @Test
    @DisplayName("申请被拒的不是会员；退会后再申请，退会记录仍在，再入会才清")
    void rejectionAndComingBack() {
        line(EntryKind.APPLIED, "2020-01-02", "name", "甲公司", "grade", "会员");
        line(EntryKind.REJECTED, "2020-02-03");
        line(EntryKind.APPLIED, "2020-03-01");
        line(EntryKind.JOINED, "2020-04-01");
        line(EntryKind.ENDED, "2022-05-01", "as", "withdrawn");
        line(EntryKind.ANNOUNCED, "2022-05-09");
        line(EntryKind.APPLIED, "2027-06-01");
        line(EntryKind.JOINED, "2027-07-01");

        assertThat(on("2020-02-03").standing()).isEqualTo(Standing.NONE);
        Member again = on("2027-06-01");
        assertThat(again.standing()).isEqualTo(Standing.APPLICANT);
        assertThat(again.endedAs()).isEqualTo(EndedAs.WITHDRAWN);
        assertThat(again.announcedOn()).isEqualTo("2022-05-09");
        assertThat(on("2027-07-01").endedOn()).isNull();
        assertThat(on("2027-07-01").joinedOn()).isEqualTo("2027-07-01");
    }

    @Test
    @DisplayName("【京二协第二十四条】追溯入会：批准后自申请日起就是会员")
    void membershipMayReachBack() {
        line(EntryKind.APPLIED, "2025-03-20", "name", "甲公司", "grade", "会员单位");
        line(EntryKind.JOINED, "2025-03-20");

        assertThat(on("2025-03-20").standing()).isEqualTo(Standing.ACTIVE);
    }

    @Test
    @DisplayName("有期限的暂停最后一日仍暂停，次日恢复；再次暂停重新起算")
    void suspensionsEndAfterTheirLastDay() {
        line(EntryKind.JOINED, "2020-01-01", "name", "甲公司", "grade", "会员单位");
        line(EntryKind.SUSPENDED, "2025-08-01", "until", "2026-07-31");

        assertThat(on("2025-07-31").standing()).isEqualTo(Standing.ACTIVE);
        assertThat(on("2025-08-01").suspendedSince()).isEqualTo("2025-08-01");
        assertThat(on("2026-07-31").standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(on("2026-08-01").standing()).isEqualTo(Standing.ACTIVE);
        assertThat(on("2026-08-01").suspendedSince()).isNull();
    }

    @Test
    @DisplayName("处分在册，期内有效")
    void sanctionsAreInForceThroughTheirLastDay() {
        line(EntryKind.JOINED, "2020-01-01", "name", "甲公司", "grade", "理事单位");
        line(EntryKind.SANCTIONED, "2025-08-01", "sanction", "严重警告", "until", "2025-12-31");

        Sanction sanction = on("2026-01-01").sanctions().get(0);
        assertThat(sanction.on(day("2025-12-31"))).isTrue();
        assertThat(sanction.on(day("2026-01-01"))).isFalse();
        assertThat(Ledger.wakes(lines.get(1).entry(), day("2025-08-01"))).isEqualTo("2026-01-01");
    }

    @Test
    @DisplayName("【京二协第四十三条】撤销的决定自撤销日起如同没有，职务、会员号一并恢复")
    void annulledEntriesCountUntilTheirAnnulment() {
        line(EntryKind.JOINED, "2020-01-01", "name", "甲公司", "grade", "理事单位");
        line(EntryKind.NUMBER_GIVEN, "2020-01-10");
        line(EntryKind.POST_GAINED, "2021-01-01", "post", "理事");
        line("2025-09-01", EntryKind.ENDED, "2025-07-10", "as", "expelled");

        assertThat(on("2025-07-10").standing()).isEqualTo(Standing.ENDED);
        assertThat(on("2025-08-31").number()).isFalse();
        Member back = on("2025-09-01");
        assertThat(back.standing()).isEqualTo(Standing.ACTIVE);
        assertThat(back.number()).isTrue();
        assertThat(back.posts()).containsExactly("理事");
    }

    @Test
    @DisplayName("记录的先后不影响结果，只看生效日和登记序")
    void theOrderOfReadingDoesNotMatter() {
        line(EntryKind.JOINED, "2020-01-01", "name", "甲公司", "grade", "会员");
        line(EntryKind.TEACHER, "2020-01-02", "teacher", "7");
        line(EntryKind.POST_GAINED, "2021-01-01", "post", "会员代表");
        line(EntryKind.POST_LOST, "2021-01-01", "post", "会员代表");
        line(EntryKind.DATA, "2022-01-01", "address", "一号", "branch", "动漫分会");
        line(EntryKind.DATA, "2023-01-01", "address", "二号");
        line(EntryKind.TEACHER, "2024-01-01", "teacher", "");
        line(EntryKind.LISTED, "2024-02-01");
        line(EntryKind.DELISTED, "2024-03-01");
        Member expected = on("2025-01-01");

        assertThat(expected.data()).containsEntry("address", "二号");
        assertThat(expected.branch()).isEqualTo("动漫分会");
        assertThat(expected.teacherId()).isNull();
        assertThat(expected.posts()).isEmpty();
        assertThat(expected.listedTo()).isEqualTo("2024-03-01");
        Random shuffle = new Random(7);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(lines, shuffle);
            assertThat(on("2025-01-01")).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("缺了必要内容的记录是错误，不会悄悄略过")
    void incompleteEntriesFail() {
        line(EntryKind.ENDED, "2025-01-01");

        assertThatThrownBy(() -> on("2025-01-01")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("预先记下的事，到日才算")
    void entriesDatedAheadWait() {
        line(EntryKind.JOINED, "2020-01-01", "name", "甲公司", "grade", "会员");
        line(EntryKind.DATA, "2025-05-20", "liaison", "周明");

        assertThat(on("2025-05-19").data()).isEmpty();
        assertThat(on("2025-05-20").data()).containsEntry("liaison", "周明");
        assertThat(Ledger.wakes(lines.get(1).entry(), day("2025-05-19"))).isEqualTo("2025-05-20");
        assertThat(Ledger.wakes(lines.get(1).entry(), day("2025-05-20"))).isNull();
    }
}
