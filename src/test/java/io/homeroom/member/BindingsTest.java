package io.homeroom.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.CoreSlice;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@Tag("mysql")
@SpringBootTest(classes = CoreSlice.RosterRooms.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
@DisplayName("邀请与绑定")
class BindingsTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @Autowired
    Roster roster;

    @Autowired
    Contacts contacts;

    @Autowired
    Bindings bindings;

    @Autowired
    CoreSlice.Wire wire;

    private String association;
    private Member member;

    @BeforeEach
    void enterAMember() {
        association = "t" + UUID.randomUUID().toString().substring(0, 8);
        member = here(() -> roster.enter(NewMember.draft("甲公司", Kind.UNIT, "会员")
                .joined(LocalDate.of(2022, 3, 1))
                .contact(Role.LIAISON, "王芳", "13612342001")
                .contact(Role.REPRESENTATIVE, "陈总", "13612342002")
                .done()));
    }

    private <T> T here(Supplier<T> work) {
        return Tenant.in(association, work);
    }

    private Invitation invite() {
        return here(() -> bindings.invite(member.id(), null, WEEK, "t1"));
    }

    private Outcome<Contact> scan(Invitation invitation, String openid) {
        return here(() -> bindings.bind(invitation.scene(), openid));
    }

    private static String reason(Outcome<?> outcome) {
        assertThat(outcome.isDone()).isFalse();
        return ((Outcome.Refused<?>) outcome).refusal().reason();
    }

    @Test
    @DisplayName("扫一次即绑定为联络人，之后的问题都是关于这家单位")
    void firstScanBinds() {
        Invitation invitation = invite();

        Contact bound = scan(invitation, "oA").get();

        assertThat(invitation.scene()).hasSizeLessThanOrEqualTo(64).matches("[0-9A-Za-z]+");
        assertThat(bound.name()).isEqualTo("王芳");
        assertThat(bound.phone()).isEqualTo("13612342001");
        assertThat(bound.openid()).isEqualTo("oA");
        assertThat(here(() -> bindings.current("oA")))
                .contains(new Bound(here(() -> roster.get(member.id())), bound.id(), true));
        assertThat(here(() -> contacts.toNotify(member.id()))).contains(bound);
    }

    @Test
    @DisplayName("再扫、他人扫、过期扫、乱扫，各有不同的说明，不改变绑定")
    void everyOtherScanIsRefusedWithItsOwnSentence() {
        Invitation used = invite();
        Invitation stale = invite();
        scan(used, "oA").get();

        Set<String> sentences = new HashSet<>();
        sentences.add(reason(scan(used, "oA")));
        sentences.add(reason(scan(used, "oB")));
        sentences.add(reason(here(() -> bindings.bind("nosuchscene", "oB"))));
        wire.pass(WEEK);
        sentences.add(reason(scan(stale, "oB")));

        assertThat(sentences).hasSize(4);
        assertThat(here(() -> bindings.of("oB"))).isEmpty();
        assertThat(here(() -> bindings.of("oA"))).hasSize(1);
    }

    @Test
    @DisplayName("被别人接替以后再扫自己用过的码：不说还绑着")
    void whoWasDisplacedIsNotToldThatItIsBound() {
        Invitation first = invite();
        scan(first, "oA").get();
        assertThat(reason(scan(first, "oA"))).contains("无需再扫");

        scan(invite(), "oB").get();

        assertThat(reason(scan(first, "oA"))).contains("已经解除", "新的二维码");
        assertThat(here(() -> bindings.of("oA"))).isEmpty();
    }

    @Test
    @DisplayName("两人同时扫同一个码，只有一人绑定")
    void ofTwoAtTheSameMomentOneBinds() throws Exception {
        Invitation invitation = invite();
        int people = 6;
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService crowd = Executors.newFixedThreadPool(people);
        try {
            List<Future<Outcome<Contact>>> scans = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                String openid = "o" + i;
                Callable<Outcome<Contact>> scan = () -> {
                    go.await();
                    return scan(invitation, openid);
                };
                scans.add(crowd.submit(scan));
            }
            go.countDown();
            int done = 0;
            for (Future<Outcome<Contact>> scan : scans) {
                done += scan.get().isDone() ? 1 : 0;
            }
            assertThat(done).isEqualTo(1);
        } finally {
            crowd.shutdownNow();
        }
    }

    @Test
    @DisplayName("一人可为几家单位的联络人，选定后只问这一家；解绑后不再相关")
    void onePersonMaySpeakForSeveral() {
        Member second = here(() -> roster.enter(NewMember.of("乙公司", Kind.UNIT, "会员", LocalDate.of(2022, 3, 1))));
        scan(invite(), "oA").get();
        scan(here(() -> bindings.invite(second.id(), null, WEEK, "t1")), "oA").get();
        assertThat(here(() -> bindings.of("oA"))).extracting(Bound::memberName).containsExactly("甲公司", "乙公司");
        assertThat(here(() -> bindings.current("oA"))).isEmpty();

        Tenant.run(association, () -> bindings.choose("oA", second.id()));
        assertThat(here(() -> bindings.current("oA")).map(Bound::memberId)).contains(second.id());

        Tenant.run(association, () -> bindings.unbind("oA", second.id()));
        assertThat(here(() -> bindings.current("oA")).map(Bound::memberId)).contains(member.id());
        assertThatThrownBy(() -> Tenant.run(association, () -> bindings.choose("oA", second.id())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("换了联络人，前一位的绑定随即失效；新邀请由新的人接过")
    void anotherPersonTakesOver() {
        Contact first = scan(invite(), "oA").get();

        here(() -> contacts.put(member.id(), Role.LIAISON, "赵敏", "13612342009"));
        assertThat(here(() -> bindings.of("oA"))).isEmpty();

        scan(invite(), "oB").get();
        scan(invite(), "oC").get();
        assertThat(here(() -> bindings.of("oB"))).isEmpty();
        assertThat(here(() -> contacts.of(member.id())))
                .extracting(Contact::openid)
                .containsExactly("oC", null);
        assertThat(here(() -> contacts.find(first.id())).map(Contact::name)).contains("赵敏");
    }

    @Test
    @DisplayName("邀请、绑定和联系人不越出本会")
    void nothingCrossesToAnotherAssociation() {
        Invitation invitation = invite();
        Contact bound = scan(invite(), "oA").get();

        Tenant.run(association + "x", () -> {
            assertThat(reason(bindings.bind(invitation.scene(), "oB"))).contains("没有找到");
            assertThat(bindings.of("oA")).isEmpty();
            assertThat(contacts.of(member.id())).isEmpty();
            assertThat(contacts.find(bound.id())).isEmpty();
            bindings.unbind("oA", member.id());
            contacts.remove(bound.id());
        });

        assertThat(here(() -> bindings.of("oA"))).hasSize(1);
    }
}
