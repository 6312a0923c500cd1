package io.homeroom.liaison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.homeroom.LowerRooms;
import io.homeroom.desk.Audit;
import io.homeroom.desk.AuditLine;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Invitation;
import io.homeroom.member.Kind;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.testing.ShippedRulebook;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("mysql")
@SpringBootTest(
        classes = LowerRooms.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "homeroom.clock.settable=true",
            "homeroom.notice.deliver=at-once",
            "spring.quartz.auto-startup=false",
            "homeroom.associations.whjx.rulebook=none"
        })
@DisplayName("联络员：一家几名由规则书定，通知发给主要的一名")
class LiaisonsTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @Autowired
    private Liaisons liaisons;

    @Autowired
    private Contacts contacts;

    @Autowired
    private Bindings bindings;

    @Autowired
    private Roster roster;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Audit audit;

    @Autowired
    private Lawbook law;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionTemplate transaction;

    private final String wang = "oWang" + Ids.secret(6);
    private final String li = "oLi" + Ids.secret(6);
    private long member;

    @BeforeEach
    void a_unit_has_a_liaison_and_a_representative() {
        read(1);
        member = aii(() -> roster.enter(NewMember.draft("甲院" + Ids.secret(6), Kind.UNIT, "普通会员单位")
                        .joined(LocalDate.of(2020, 3, 1))
                        .contact(Role.REPRESENTATIVE, "陈总", "13612342009")
                        .contact(Role.LIAISON, "王芳", "13612342001")
                        .done())
                .id());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"aii, AII-14-5", "dsia, DSIA-10-a"})
    @DisplayName("AII-14-5、DSIA-10-a：随带的规则书读作一名；再登记一名不收，说依据和怎么办，什么也不变")
    void one_is_the_default(String code, String clause) {
        law.put(code, ShippedRulebook.of(code));
        long unit = Tenant.in(
                code,
                () -> roster.enter(NewMember.draft("乙院" + Ids.secret(6), Kind.UNIT, "会员")
                                .joined(LocalDate.of(2020, 3, 1))
                                .contact(Role.LIAISON, "王芳", "13612342001")
                                .done())
                        .id());

        Refusal why = refusal(Tenant.in(code, () -> liaisons.name(unit, "李四", "13612342002", "admin")));

        assertThat(why.clauses()).containsExactly(clause);
        assertThat(why.reason()).contains("最多1名", "现有1名", "改资料里的联系人", "改这一条的读法").doesNotContain("移除");
        assertThat(Tenant.in(code, () -> liaisons.of(unit)))
                .extracting(Contact::name)
                .containsExactly("王芳");
    }

    @Test
    @DisplayName("规则书没有这一读法的也是一名，依据写联络员的条款；个人会员没有联络员")
    void where_nothing_is_written_there_is_one() {
        long unit = Tenant.in(
                "whjx",
                () -> roster.enter(NewMember.draft("丙厂" + Ids.secret(6), Kind.UNIT, "会员")
                                .joined(LocalDate.of(2020, 3, 1))
                                .done())
                        .id());
        long person = aii(() -> roster.enter(NewMember.draft("某人", Kind.INDIVIDUAL, "普通会员单位")
                        .joined(LocalDate.of(2020, 3, 1))
                        .contact(Role.SELF, "某人", "13612342001")
                        .done())
                .id());

        assertThat(Tenant.in("whjx", () -> liaisons.name(unit, "王芳", "13612342001", "admin"))
                        .isDone())
                .isTrue();
        assertThat(refusal(Tenant.in("whjx", () -> liaisons.name(unit, "李四", "13612342002", "admin")))
                        .clauses())
                .containsExactly("WHJX-6-b", "WHJX-10-0");
        assertThat(refusal(aii(() -> liaisons.name(person, "李四", "13612342002", "admin")))
                        .reason())
                .contains("个人会员");
    }

    @Test
    @DisplayName("读作两名：第二名有自己的二维码和绑定，同样能问；通知只到主要的一名；第三名不收")
    void a_second_one_is_named_and_bound() {
        read(2);
        bothBound();

        assertThat(aii(() -> contacts.of(member)))
                .extracting(Contact::name, Contact::openid)
                .containsExactly(tuple("王芳", wang), tuple("李四", li), tuple("陈总", null));
        assertThat(aii(() -> bindings.current(li)).orElseThrow().memberId()).isEqualTo(member);
        assertThat(told("liaison", "member")).containsExactly(wang, wang);

        Refusal why = refusal(aii(() -> liaisons.name(member, "赵五", "13612342003", "admin")));
        assertThat(why.clauses()).containsExactly("AII-14-5");
        assertThat(why.reason()).contains("最多2名", "现有2名", "先移除一名");
        assertThat(aii(() -> contacts.ofAll(List.of(member))).get(member)).isEqualTo(aii(() -> contacts.of(member)));
    }

    @Test
    @DisplayName("同名的再登记是改电话，满了也行；改小以后已有的都在，只挡新的")
    void a_smaller_number_leaves_those_present() {
        read(3);
        aii(() -> liaisons.name(member, "李四", "13612342002", "admin").get());
        aii(() -> liaisons.name(member, "赵五", "13612342003", "admin").get());
        read(1);

        aii(() -> liaisons.name(member, "李四", "13612342008", "admin").get());
        assertThat(aii(() -> liaisons.of(member)))
                .extracting(Contact::name, Contact::phone)
                .containsExactly(tuple("王芳", "13612342001"), tuple("李四", "13612342008"), tuple("赵五", "13612342003"));
        assertThat(refusal(aii(() -> liaisons.name(member, "钱六", "13612342004", "admin")))
                        .reason())
                .contains("最多1名", "现有3名");
    }

    @Test
    @DisplayName("设为主要：以后通知发给他，两人的绑定都在；移除主要的一名，下一名接上，他的绑定和没用过的二维码失效")
    void another_one_leads_and_one_is_removed() {
        read(2);
        Contact second = bothBound();
        Contact first = aii(() -> liaisons.of(member)).get(0);

        aii(() -> liaisons.lead(member, second.id(), "admin").get());
        assertThat(told("liaison", "member")).containsExactly(li, li);
        assertThat(aii(() -> bindings.current(wang))).isPresent();
        aii(() -> liaisons.lead(member, first.id(), "admin").get());
        aii(() -> liaisons.lead(member, second.id(), "admin").get());

        Invitation open = aii(() -> bindings.invite(member, second.id(), WEEK, "admin"));
        aii(() -> liaisons.remove(member, second.id(), "admin").get());
        assertThat(aii(() -> bindings.of(li))).isEmpty();
        assertThat(refusal(aii(() -> bindings.bind(open.scene(), "oOther"))).reason())
                .contains("没有找到这份邀请");
        assertThat(aii(() -> contacts.toNotify(member))).map(Contact::openid).contains(wang);
        assertThat(aii(() -> contacts.of(member))).extracting(Contact::name).containsExactly("王芳", "陈总");

        assertThat(refusal(aii(() -> liaisons.remove(member, first.id(), "admin")))
                        .clauses())
                .containsExactly("AII-14-5");
        assertThat(refusal(aii(() -> liaisons.remove(member, second.id(), "admin")))
                        .reason())
                .contains("没有这名联络员");
        long representative = aii(() -> contacts.of(member)).get(1).id();
        assertThat(aii(() -> liaisons.lead(member, representative, "admin")).isDone())
                .isFalse();
        assertThat(aii(() -> audit.lines(member, Long.MAX_VALUE, 50)))
                .extracting(AuditLine::act)
                .contains("liaison-named", "liaison-first", "liaison-removed", "unbound");
    }

    @Test
    @DisplayName("资料变更报来的新联络员本来就是其中一名：他接替主要的一名，绑定和电话都在；报来的是别人，其余的不动")
    void a_reported_change_concerns_the_first() {
        read(3);
        bothBound();
        aii(() -> liaisons.name(member, "赵五", "13612342003", "admin").get());

        aii(() -> contacts.put(member, Role.LIAISON, "李四", ""));
        assertThat(aii(() -> liaisons.of(member)))
                .extracting(Contact::name, Contact::phone, Contact::openid)
                .containsExactly(tuple("李四", "13612342002", li), tuple("赵五", "13612342003", null));
        assertThat(aii(() -> bindings.of(wang))).isEmpty();

        aii(() -> contacts.put(member, Role.LIAISON, "钱六", "13612342004"));
        assertThat(aii(() -> liaisons.of(member))).extracting(Contact::name).containsExactly("钱六", "赵五");
        assertThat(aii(() -> bindings.of(li))).isEmpty();
    }

    @Test
    @DisplayName("DSIA-3-5 又读作联络员和代表人须是同一个人：可以另有一名联络员，身为代表人的那一名不能移除；换代表人为另一名，他接替")
    void the_one_who_represents_stays() {
        Rulebook shipped = ShippedRulebook.of("dsia");
        law.put("dsia", Lawbook.withSettings(shipped, Map.of(), Map.of("liaison-number", "2", "two-roles", "same")));
        try {
            long unit = dsia(() -> roster.enter(NewMember.draft("丁软件" + Ids.secret(6), Kind.UNIT, "会员")
                            .joined(LocalDate.of(2020, 3, 1))
                            .done())
                    .id());
            Supplier<List<String>> speakers = () -> contacts.of(unit).stream()
                    .map(one -> one.role().code() + " " + one.name())
                    .toList();
            dsia(() -> liaisons.name(unit, "王芳", "13612342001", "admin").get());
            assertThat(dsia(speakers)).containsExactly("liaison 王芳", "representative 王芳");
            dsia(() -> liaisons.name(unit, "李四", "13612342002", "admin").get());

            long first = dsia(() -> liaisons.of(unit)).get(0).id();
            Refusal why = refusal(dsia(() -> liaisons.remove(unit, first, "admin")));
            assertThat(why.clauses()).containsExactly("DSIA-3-5", "DSIA-10-a");
            assertThat(why.reason()).contains("王芳也是代表人");

            dsia(() -> contacts.put(unit, Role.REPRESENTATIVE, "李四", ""));
            assertThat(dsia(speakers)).containsExactly("liaison 李四", "representative 李四");
        } finally {
            law.put("dsia", shipped);
        }
    }

    @Test
    @DisplayName("两人同时各登记一名，只剩一个位置：一名登记上，一名说满了")
    void of_two_at_once_one_is_named() throws Exception {
        read(2);
        int people = 4;
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService crowd = Executors.newFixedThreadPool(people);
        try {
            List<Future<Outcome<Contact>>> named = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                String name = "同时" + i;
                Callable<Outcome<Contact>> naming = () -> {
                    go.await();
                    return aii(() -> liaisons.name(member, name, "13612342002", "admin"));
                };
                named.add(crowd.submit(naming));
            }
            go.countDown();
            int done = 0;
            for (Future<Outcome<Contact>> one : named) {
                done += one.get().isDone() ? 1 : 0;
            }
            assertThat(done).isOne();
        } finally {
            crowd.shutdownNow();
        }
        assertThat(aii(() -> liaisons.of(member))).hasSize(2);
    }

    /** A second liaison is named; both are tied to WeChat. */
    private Contact bothBound() {
        Contact second =
                aii(() -> liaisons.name(member, "李四", "13612342002", "admin")).get();
        bind(aii(() -> liaisons.of(member)).get(0), wang);
        bind(second, li);
        return second;
    }

    private void bind(Contact contact, String openid) {
        Invitation invitation = aii(() -> bindings.invite(member, contact.id(), WEEK, "admin"));
        assertThat(aii(() -> bindings.bind(invitation.scene(), openid)).get().id())
                .isEqualTo(contact.id());
    }

    /** To which WeChat users news for these addressees of the member go. */
    private List<String> told(String... addressees) {
        String about = "test-" + Ids.secret(6);
        Tenant.run(
                "aii",
                () -> transaction.executeWithoutResult(status ->
                        List.of(addressees).forEach(to -> events.publishEvent(Tell.of(to, member, about, "通知")))));
        return jdbc.sql("select address from notice where association_id = 'aii' and about = :about order by id")
                .param("about", about)
                .query(String.class)
                .list();
    }

    /** With a reading of how many liaisons a member may name. */
    private void read(int most) {
        Rulebook shipped = ShippedRulebook.of("aii");
        law.put("aii", Lawbook.withSettings(shipped, Map.of(), Map.of("liaison-number", String.valueOf(most))));
    }

    private static Refusal refusal(Outcome<?> outcome) {
        assertThat(outcome.isDone()).isFalse();
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    private static <T> T dsia(Supplier<T> work) {
        return Tenant.in("dsia", work);
    }

    private static <T> T aii(Supplier<T> work) {
        return Tenant.in("aii", work);
    }
}
