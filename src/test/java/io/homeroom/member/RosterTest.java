package io.homeroom.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.CoreSlice;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("mysql")
@SpringBootTest(classes = CoreSlice.RosterRooms.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
@DisplayName("会员名册")
class RosterTest {

    private static final LocalDate TODAY = LocalDate.of(2025, 1, 6);

    @Autowired
    Roster roster;

    @Autowired
    Contacts contacts;

    @Autowired
    Waking waking;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    BusinessClock clock;

    private String association;

    @BeforeEach
    void enterAnAssociationOfItsOwn() {
        association = "t" + UUID.randomUUID().toString().substring(0, 8);
        clock.restart(LocalDateTime.of(2025, 1, 6, 12, 0));
    }

    private <T> T here(Supplier<T> work) {
        return Tenant.in(association, work);
    }

    private Member enter(NewMember newcomer) {
        return here(() -> roster.enter(newcomer));
    }

    private void record(Member member, Entry... entries) {
        Tenant.run(association, () -> roster.record(member.id(), entries));
    }

    private Member now(Member member) {
        return here(() -> roster.get(member.id()));
    }

    private static NewMember.Draft unit(String name) {
        return NewMember.draft(name, Kind.UNIT, "会员单位").joined(LocalDate.of(2022, 3, 1));
    }

    @Test
    @DisplayName("登记时写下的一切都能读回")
    void whatIsEnteredIsReadBack() {
        Member employer = enter(unit("京华动画有限公司").done());
        Member entered = enter(unit("李青")
                .since(LocalDate.of(2023, 5, 1))
                .uscc("11010119900307771x")
                .number(true)
                .posts(List.of("会员代表", "理事"))
                .teacher(7L)
                .branch("动漫分会")
                .employer(employer.id())
                .suspended(LocalDate.of(2024, 7, 1))
                .listed(LocalDate.of(2018, 5, 20), LocalDate.of(2020, 4, 14))
                .data("headcount", "12")
                .contact(Role.SELF, "李青", "13612342001")
                .done());

        Member read = now(entered);

        assertThat(read).isEqualTo(entered);
        assertThat(read.standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(read.joinedOn()).isEqualTo("2022-03-01");
        assertThat(read.since()).isEqualTo("2023-05-01");
        assertThat(read.uscc()).isEqualTo("11010119900307771X");
        assertThat(read.posts()).containsExactly("会员代表", "理事");
        assertThat(read.teacherId()).isEqualTo(7);
        assertThat(read.branch()).isEqualTo("动漫分会");
        assertThat(read.employerId()).isEqualTo(employer.id());
        assertThat(read.suspendedSince()).isEqualTo("2024-07-01");
        assertThat(read.listedTo()).isEqualTo("2020-04-14");
        assertThat(read.data()).containsEntry("headcount", "12");
        assertThat(read.reviewOn()).isEqualTo(TODAY);
        assertThat(here(() -> roster.employees(employer.id()))).containsExactly(read);
        assertThat(here(() -> roster.countPost("理事"))).isEqualTo(1);
    }

    @Test
    @DisplayName("证件号和电话在库中和日志里不可读，仍能按号码找到；号码在本会内唯一")
    void identityIsSealedAndStillFound() {
        Member entered = enter(unit("甲公司")
                .uscc("91110108 MA01ABCD2X")
                .contact(Role.LIAISON, "王芳", "13612342001")
                .done());

        String stored = jdbc.sql("select concat(m.code_sealed, m.code_index, c.phone) from member m"
                        + " join contact c on c.member_id = m.id and c.association_id = m.association_id"
                        + " where m.association_id = :a")
                .param("a", association)
                .query(String.class)
                .single();

        assertThat(stored).doesNotContain("MA01ABCD2X").doesNotContain("13612342001");
        assertThat(entered.toString() + here(() -> contacts.of(entered.id())))
                .contains("甲公司")
                .doesNotContain("MA01ABCD2X")
                .doesNotContain("13612342001");
        assertThat(here(() -> roster.byUscc("91110108ma01abcd2x"))).contains(entered);
        assertThat(here(() -> roster.search(new Search("91110108MA01ABCD2X", null, null, null, 0, 10)))
                        .items())
                .containsExactly(entered);
        assertThatThrownBy(() -> enter(unit("乙公司").uscc("91110108MA01ABCD2X").done()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("甲公司");
    }

    @Test
    @DisplayName("另一协会什么也看不到、改不了；不在任何协会中查询立即失败")
    void anotherAssociationSeesNothing() {
        Member mine = enter(unit("甲公司").uscc("911101080000000001").done());
        String other = association + "x";

        Tenant.run(other, () -> {
            assertThat(roster.find(mine.id())).isEmpty();
            assertThat(roster.findAll(List.of(mine.id()))).isEmpty();
            assertThat(roster.search(Search.all(10)).items()).isEmpty();
            assertThat(roster.byUscc("911101080000000001")).isEmpty();
            assertThat(roster.history(mine.id())).isEmpty();
            assertThat(roster.due(TODAY, null, 10)).isEmpty();
            assertThat(roster.nextReview()).isEmpty();
            assertThat(roster.count("会员单位")).isZero();
            assertThatThrownBy(() -> roster.record(mine.id(), Entry.of(EntryKind.NUMBER_GIVEN, TODAY, "", "t")))
                    .isInstanceOf(IllegalArgumentException.class);
            roster.reviewed(mine.id(), null);
        });

        assertThat(now(mine)).isEqualTo(mine);
        assertThatThrownBy(() -> roster.find(mine.id()))
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No association");
    }

    @Test
    @DisplayName("名册按名称、状态、级别、班主任筛选，按键翻页")
    void pagesAreCutByKey() {
        List<Member> all = here(() -> roster.enterAll(List.of(
                unit("甲文化公司").teacher(1L).done(),
                unit("乙文化公司").teacher(2L).done(),
                unit("丙科技公司").teacher(1L).done(),
                NewMember.applicant("丁文化公司", Kind.UNIT, "会员单位"))));

        Page<Member> first = here(() -> roster.search(Search.all(3)));
        assertThat(first.items()).isEqualTo(all.subList(0, 3));
        Long next = first.next();
        assertThat(next).isEqualTo(all.get(2).id());
        Page<Member> last = here(() -> roster.search(new Search(null, null, null, null, next == null ? 0 : next, 3)));
        assertThat(last.items()).containsExactly(all.get(3));
        assertThat(last.next()).isNull();

        assertThat(here(() -> roster.search(new Search("文化", Standing.ACTIVE, "会员单位", List.of(1L), 0, 10)))
                        .items())
                .containsExactly(all.get(0));
        assertThat(here(() -> roster.search(new Search("%", null, null, null, 0, 10)))
                        .items())
                .isEmpty();
    }

    @Test
    @DisplayName("每记一笔，状态整体重算，会员当日待查")
    void stateIsDerivedAfterEachEntry() {
        Member member = enter(unit("甲公司").posts(List.of("理事")).done());
        Tenant.run(association, () -> roster.reviewed(member.id(), LocalDate.of(2025, 6, 1)));
        assertThat(now(member).reviewOn()).isEqualTo("2025-06-01");

        record(
                member,
                Entry.of(EntryKind.GRADE, TODAY, "X-1", "理事会").with("grade", "理事单位"),
                Entry.of(EntryKind.POST_LOST, TODAY, "X-1", "理事会").with("post", "理事"));

        Member changed = now(member);
        assertThat(changed.grade()).isEqualTo("理事单位");
        assertThat(changed.since()).isEqualTo(TODAY);
        assertThat(changed.posts()).isEmpty();
        assertThat(changed.reviewOn()).isEqualTo(TODAY);
        assertThat(here(() -> roster.countPost("理事"))).isZero();
        assertThat(here(() -> roster.count("理事单位"))).isEqualTo(1);
        assertThat(here(() -> roster.asOf(member.id(), TODAY.minusDays(1))).posts())
                .containsExactly("理事");
    }

    @Test
    @DisplayName("【京二协第四十三条】临时决定被撤销，一切恢复原状，过去某日仍查得到当时状态")
    void annulledDecisionRestoresEverything() {
        Member member = enter(unit("甲公司").number(true).posts(List.of("理事")).done());
        clock.moveTo(LocalDate.of(2025, 7, 10));
        record(
                member,
                Entry.of(EntryKind.ENDED, LocalDate.of(2025, 7, 10), "BACCA-37-5", "秘书处")
                        .with("as", "expelled")
                        .by(99L));
        Member out = now(member);
        assertThat(out.standing()).isEqualTo(Standing.ENDED);
        assertThat(out.endedAs()).isEqualTo(EndedAs.EXPELLED);
        assertThat(out.number()).isFalse();
        assertThat(out.posts()).isEmpty();

        clock.moveTo(LocalDate.of(2025, 9, 1));
        Tenant.run(association, () -> roster.annul(99, LocalDate.of(2025, 9, 1)));

        Member back = now(member);
        assertThat(back.standing()).isEqualTo(Standing.ACTIVE);
        assertThat(back.number()).isTrue();
        assertThat(back.posts()).containsExactly("理事");
        assertThat(back.endedOn()).isNull();
        assertThat(here(() -> roster.countPost("理事"))).isEqualTo(1);
        assertThat(here(() -> roster.asOf(member.id(), LocalDate.of(2025, 8, 1)))
                        .standing())
                .isEqualTo(Standing.ENDED);
    }

    @Test
    @DisplayName("预先记下的变更到日生效，有期限的处分过期即止")
    void entriesDatedAheadWakeOnTheirDay() {
        Member member = enter(unit("甲公司").done());
        record(
                member,
                Entry.of(EntryKind.DATA, LocalDate.of(2025, 5, 20), "", "t").with("liaison", "周明"),
                new Entry(
                        EntryKind.SUSPENDED,
                        TODAY,
                        "",
                        "t",
                        null,
                        Map.of("until", LocalDate.of(2025, 3, 31).toString())));
        assertThat(now(member).data()).doesNotContainKey("liaison");
        assertThat(now(member).standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(here(() -> waking.next(TODAY))).contains(LocalDate.of(2025, 4, 1));

        clock.moveTo(LocalDate.of(2025, 4, 1));
        Tenant.run(association, () -> waking.run(clock.today()));
        assertThat(now(member).standing()).isEqualTo(Standing.ACTIVE);
        assertThat(here(() -> waking.next(clock.today()))).contains(LocalDate.of(2025, 5, 20));

        clock.moveTo(LocalDate.of(2025, 5, 20));
        Tenant.run(association, () -> waking.run(clock.today()));
        assertThat(now(member).data()).containsEntry("liaison", "周明");
        assertThat(here(() -> roster.due(clock.today(), null, 10)))
                .extracting(Roster.Due::member)
                .containsExactly(member.id());
        assertThat(here(() -> waking.next(clock.today()))).isEmpty();
    }

    @Test
    @DisplayName("只交出当日待查的会员，等得最久的在前，一批接一批")
    void dueMembersComeInBatches() {
        List<Member> all = here(() -> roster.enterAll(
                List.of(unit("甲").done(), unit("乙").done(), unit("丙").done())));
        Tenant.run(association, () -> roster.reviewed(all.get(1).id(), LocalDate.of(2025, 3, 1)));

        List<Roster.Due> first = here(() -> roster.due(TODAY, null, 1));
        assertThat(first)
                .extracting(Roster.Due::member)
                .containsExactly(all.get(0).id());
        assertThat(here(() -> roster.due(TODAY, first.get(0), 10)))
                .extracting(Roster.Due::member)
                .containsExactly(all.get(2).id());
        Tenant.run(association, () -> roster.reviewed(all.get(2).id(), TODAY.minusDays(1)));
        assertThat(here(() -> roster.due(TODAY, null, 10)))
                .containsExactly(
                        new Roster.Due(TODAY.minusDays(1), all.get(2).id()),
                        new Roster.Due(TODAY, all.get(0).id()));
        assertThat(here(() -> roster.due(
                        TODAY, new Roster.Due(TODAY.minusDays(1), all.get(2).id()), 10)))
                .extracting(Roster.Due::member)
                .containsExactly(all.get(0).id());
        Tenant.run(association, () -> {
            roster.reviewed(all.get(0).id(), null);
            roster.reviewed(all.get(2).id(), null);
        });
        assertThat(here(() -> roster.nextReview())).contains(LocalDate.of(2025, 3, 1));
        Tenant.run(association, () -> roster.touch(all.get(1).id()));
        assertThat(here(() -> roster.due(TODAY, null, 10)))
                .extracting(Roster.Due::member)
                .containsExactly(all.get(1).id());
    }
}
