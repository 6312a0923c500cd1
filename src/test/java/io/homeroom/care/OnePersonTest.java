package io.homeroom.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.OnFiveRulebooks;
import io.homeroom.casework.Applications;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Draft;
import io.homeroom.casework.Questionnaire;
import io.homeroom.casework.Readings;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.review.Impact;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Duty;
import io.homeroom.testing.ShippedRulebook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@OnFiveRulebooks
@DisplayName("【闪联第十八条、软协第三条、第十条】联络员和代表人读作同一个人：写一个就是两个，写了两个人的不收，已登记两个人的不动")
class OnePersonTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final String LILEI = "李雷 13612340001";
    private static final String HANMEI = "韩梅 13612340009";

    @Autowired
    Roster roster;

    @Autowired
    Contacts contacts;

    @Autowired
    Bindings bindings;

    @Autowired
    Applications applications;

    @Autowired
    Changes changes;

    @Autowired
    Readings readings;

    @Autowired
    Impact impact;

    @Autowired
    Tasks tasks;

    @Autowired
    Notices notices;

    @Autowired
    Lawbook law;

    @Autowired
    BusinessClock clock;

    @Autowired
    List<Duty> duties;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    @DisplayName("登记时只写一个，就是两个；读作两个角色的，没写的就空着")
    void whoeverIsNamedForOneRoleHasBoth() {
        put("one-enter", "igrs", "same");
        assertThat(people("one-enter", unit("one-enter", Role.LIAISON))).containsExactly(LILEI, LILEI);
        assertThat(people("one-enter", unit("one-enter", Role.REPRESENTATIVE))).containsExactly(LILEI, LILEI);

        put("two-enter", "igrs", "separate");
        assertThat(people("two-enter", unit("two-enter", Role.LIAISON))).containsExactly(LILEI);
        long member = unit("two-enter", Role.REPRESENTATIVE);
        in("two-enter", MONDAY, () -> contacts.put(member, Role.LIAISON, "韩梅", "13612340009"));
        assertThat(people("two-enter", member)).containsExactly(HANMEI, LILEI);
    }

    @Test
    @DisplayName("先前登记的两个人不动，改其中一个的电话也不动另一个；定下一个人以后两处都是他，微信绑定跟着人走，通知照样收到")
    void twoWhoAreThereStayUntilOneIsNamed() {
        put("one-stay", "dsia", "separate");
        long member = two("one-stay");
        Contact representative =
                in("one-stay", MONDAY, () -> contacts.of(member)).get(1);
        in("one-stay", MONDAY, () -> bindings.bindTo(representative.id(), "oHanMei"));
        put("one-stay", "dsia", "same");

        in("one-stay", MONDAY, () -> contacts.put(member, Role.LIAISON, "李雷", "13700000000"));
        assertThat(people("one-stay", member)).containsExactly("李雷 13700000000", HANMEI);
        assertThat(in("one-stay", MONDAY, () -> contacts.apart())).containsExactly(member);

        in("one-stay", MONDAY, () -> contacts.put(member, Role.LIAISON, "韩梅", "13612340009"));
        assertThat(people("one-stay", member)).containsExactly(HANMEI, HANMEI);
        assertThat(in("one-stay", MONDAY, () -> contacts.apart())).isEmpty();
        assertThat(in(
                        "one-stay",
                        MONDAY,
                        () -> contacts.toNotify(member).orElseThrow().openid()))
                .isEqualTo("oHanMei");
        assertThat(in("one-stay", MONDAY, () -> bindings.of("oHanMei")))
                .singleElement()
                .satisfies(bound -> {
                    Contact tied = Tenant.in("one-stay", () -> contacts.find(bound.contactId()))
                            .orElseThrow();
                    assertThat(tied.role()).isEqualTo(Role.LIAISON);
                });
        in(
                "one-stay",
                MONDAY,
                () -> new TransactionTemplate(transactions).execute(status -> {
                    events.publishEvent(Tell.of("representative", member, "test", "给代表人的通知"));
                    return true;
                }));
        assertThat(in(
                                "one-stay",
                                MONDAY,
                                () -> notices.search(NoticeSearch.all().member(member)))
                        .stream()
                        .filter(notice -> notice.text().contains("给代表人的通知")))
                .singleElement()
                .satisfies(notice -> assertThat(notice.person()).isEqualTo("liaison"));
    }

    @Test
    @DisplayName("申请表只问一次，写明条款；先前草稿里另写的代表人不算数")
    void anApplicationNamesOnePerson() {
        String code = "one-apply";
        put(code, "dsia", "separate");
        in(code, MONDAY, () -> applications.write("oNew", Map.of("kind", "unit", "representative", "王五")));
        put(code, "dsia", "same");
        Draft draft = in(
                code,
                MONDAY,
                () -> applications
                        .write(
                                "oNew",
                                Map.of(
                                        "name", "新来软件公司",
                                        "uscc", "91420100MA4KXT4Y0T",
                                        "region", "大连",
                                        "declared", "yes",
                                        "liaison", "李雷",
                                        "liaison-phone", "13612340001"))
                        .get());
        List<Questionnaire.Field> asked =
                in(code, MONDAY, () -> applications.questions(draft)).fields();
        assertThat(asked).extracting(Questionnaire.Field::key).doesNotContain("representative", "representative-phone");
        assertThat(asked)
                .filteredOn(field -> field.key().equals("liaison"))
                .singleElement()
                .satisfies(field -> {
                    assertThat(field.label()).isEqualTo("联络员兼代表人");
                    assertThat(field.cite()).containsExactly("DSIA-3-5", "DSIA-10-a");
                });
        assertThat(in(code, MONDAY, () -> applications.faults(draft, true))).isEmpty();
        CaseView file = in(code, MONDAY, () -> applications.file("oNew").get());
        assertThat(people(code, String.valueOf(file.memberId()))).containsExactly(LILEI, LILEI);
    }

    @Test
    @DisplayName("会员报变更只有一项，写着现在是哪两个人；少了换代表人的材料不收；说“换联络员”也是它")
    void aChangeOfOneIsAChangeOfBoth() {
        put("one-change", "dsia", "same");
        long member = two("one-change");
        List<Changes.Field> open = in("one-change", MONDAY, () -> changes.open(roster.get(member)));
        assertThat(open)
                .extracting(Changes.Field::code)
                .contains("representative")
                .doesNotContain("liaison");
        Changes.Field both = open.stream()
                .filter(field -> field.code().equals("representative"))
                .findFirst()
                .orElseThrow();
        assertThat(both.word()).isEqualTo("联络员兼代表人");
        assertThat(both.now()).isEqualTo("联络员李雷、代表人韩梅");
        assertThat(both.cite()).contains("DSIA-6", "DSIA-8", "DSIA-10-a", "DSIA-10-b");
        assertThat(both.papers()).containsExactly("继任人选介绍");

        Changes.Report report = new Changes.Report("liaison", "韩梅", "13612340009", MONDAY, true, false);
        CaseView made = in(
                "one-change",
                MONDAY,
                () -> changes.report(member, report, Map.of(), "oX").get());
        assertThat(made.isOpen()).isTrue();
        assertThat(made.at()).isEqualTo("秘书处");
        assertThat(made.missing()).containsExactly("继任人选介绍");
        assertThat(made.data())
                .containsEntry("field", "representative")
                .containsEntry("head", "true")
                .containsEntry("was", "联络员李雷、代表人韩梅");
        assertThat(people("one-change", member)).as("nothing yet").containsExactly(LILEI, HANMEI);
    }

    @Test
    @DisplayName("改读以前报的、改读以后才到日子的变更：前一天还是原来的人，到那天两处都换")
    void aPendingChangeOfOneWritesBoth() {
        String code = "one-pending";
        put(code, "igrs", "separate");
        long member = unit(code, Role.LIAISON);
        Changes.Report report = new Changes.Report("liaison", "韩梅", "13612340009", MONDAY.plusDays(4), false, false);
        in(code, MONDAY, () -> changes.report(member, report, Map.of(), "oX").get());
        in(
                code,
                MONDAY,
                () -> readings.choose("two-roles", "same", MONDAY.plusDays(2), "理事会定的", "admin")
                        .get());

        night(code, MONDAY.plusDays(2));
        night(code, MONDAY.plusDays(3));
        assertThat(people(code, member)).containsExactly(LILEI);
        night(code, MONDAY.plusDays(4));
        assertThat(people(code, member)).containsExactly(HANMEI, HANMEI);
    }

    @Test
    @DisplayName("改读以前看得到影响到谁；施行那天秘书处得一条待办，写着是哪几家、怎么办，只有一条")
    void theOfficeSeesWhoIsConcerned() {
        String code = "one-office";
        put(code, "igrs", "separate");
        long member = two(code);
        unit(code, Role.LIAISON);
        LocalDate day = MONDAY.plusDays(1);
        List<Impact.Difference> found = new ArrayList<>();
        in(
                code,
                MONDAY,
                () -> impact.between(
                        law.editions(code),
                        law.choosing(code, new Lawbook.Chosen("two-roles", "same", day)),
                        day,
                        MONDAY.plusDays(30),
                        found::add));
        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.member()).isEqualTo(member);
            assertThat(one.from()).isEqualTo(day);
            assertThat(one.then()).singleElement().satisfies(line -> {
                assertThat(line.says()).contains("李雷和韩梅两位", "请定一位");
                assertThat(line.clauses()).containsExactly("IGRS-18-k");
            });
        });

        in(
                code,
                MONDAY,
                () -> readings.choose("two-roles", "same", day, "理事会定的", "admin")
                        .get());
        assertThat(concerned(code)).isEmpty();
        night(code, day);
        night(code, day.plusDays(1));
        assertThat(concerned(code)).singleElement().satisfies(task -> {
            assertThat(task.text()).contains("还有1家登记的是两个人：两人公司", "第十八条", "报一次变更");
            assertThat(task.clauses()).containsExactly("IGRS-18-k");
        });
        assertThat(people(code, member)).containsExactly(LILEI, HANMEI);

        String now = "one-now";
        put(now, "igrs", "separate");
        two(now);
        in(
                now,
                MONDAY,
                () -> readings.choose("two-roles", "same", MONDAY, "理事会定的", "admin")
                        .get());
        assertThat(concerned(now)).as("chosen from today on").hasSize(1);
    }

    private List<Task> concerned(String code) {
        return Tenant.in(
                code, () -> tasks.search(TaskSearch.all().what("rulebook").page(0, 10)));
    }

    private void put(String code, String shipped, String read) {
        law.put(code, Lawbook.withSettings(ShippedRulebook.of(shipped), Map.of(), Map.of("two-roles", read)));
    }

    private long unit(String code, Role role) {
        return in(
                        code,
                        MONDAY,
                        () -> roster.enter(NewMember.draft("一人公司", Kind.UNIT, grade(code))
                                .joined(LocalDate.of(2020, 3, 1))
                                .paidThrough(LocalDate.of(2026, 12, 31))
                                .contact(role, "李雷", "13612340001")
                                .done()))
                .id();
    }

    private long two(String code) {
        return in(
                        code,
                        MONDAY,
                        () -> roster.enter(NewMember.draft("两人公司", Kind.UNIT, grade(code))
                                .joined(LocalDate.of(2020, 3, 1))
                                .paidThrough(LocalDate.of(2026, 12, 31))
                                .contact(Role.LIAISON, "李雷", "13612340001")
                                .contact(Role.REPRESENTATIVE, "韩梅", "13612340009")
                                .done()))
                .id();
    }

    private String grade(String code) {
        return law.of(code, MONDAY).grades().get(0).name();
    }

    private List<String> people(String code, String member) {
        return people(code, Long.parseLong(member));
    }

    /** Who speaks for a member, the liaison first, with their numbers. */
    private List<String> people(String code, long member) {
        return Tenant.in(
                code,
                () -> contacts.of(member).stream()
                        .map(contact -> contact.name() + " " + contact.phone())
                        .toList());
    }

    private void night(String code, LocalDate day) {
        in(code, day, () -> {
            duties.stream().sorted(Comparator.comparingInt(Duty::order)).forEach(duty -> duty.run(day));
            return true;
        });
    }

    private <T> T in(String code, LocalDate day, Supplier<T> work) {
        clock.restart(day.atTime(10, 0));
        return Tenant.in(code, work);
    }
}
