package io.homeroom.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.MiddleRooms;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Opening;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Duty;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@Tag("mysql")
@SpringBootTest(
        classes = MiddleRooms.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "homeroom.clock.settable=true",
            "homeroom.notice.deliver=at-once",
            "spring.quartz.auto-startup=false",
            "homeroom.associations.igrs.rulebook=config/rulebooks/igrs.yaml",
            "homeroom.associations.dsia.rulebook=config/rulebooks/dsia.yaml",
            "homeroom.associations.bacca.rulebook=config/rulebooks/bacca.yaml",
            "homeroom.associations.aii.rulebook=config/rulebooks/aii.yaml",
            "homeroom.associations.whjx.rulebook=config/rulebooks/whjx.yaml"
        })
@DisplayName("服务：诉求有人办、有期限、有结果；寄出前有照片；资料变更新旧都在")
class CareTest {

    @Autowired
    private Needs needs;

    @Autowired
    private Stories stories;

    @Autowired
    private Mailings mailings;

    @Autowired
    private Pictures pictures;

    @Autowired
    private Cases cases;

    @Autowired
    private Roster roster;

    @Autowired
    private Contacts contacts;

    @Autowired
    private Staff staff;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Notices notices;

    @Autowired
    private BusinessClock clock;

    @Autowired
    private List<Duty> duties;

    private StaffMember teacher;

    @BeforeEach
    void begin() {
        clock.restart(LocalDateTime.parse("2026-03-19T12:00"));
        teacher = whjx(() -> {
            String name = "t" + staff.all().size();
            return staff.add(
                            new NewStaff(
                                    name, "周敏", "a-long-password", null, "13612342001", Set.of(Role.TEACHER), Set.of()),
                            "admin")
                    .get();
        });
    }

    @Test
    @DisplayName("WHJX-8-2、10-4：五个工作日，最后一天不算逾期，次日只报一次；写明结果才能办结；会员评价")
    void a_need_has_an_owner_a_last_day_and_an_answer() {
        Member member = member("诉求公司");
        Need need = whjx(() ->
                needs.raise(member.id(), "想了解资质升级政策", "member:" + member.id()).get());
        assertThat(need.owner()).isEqualTo(teacher.address());
        assertThat(need.due()).as("five working days after a Thursday").isEqualTo("2026-03-26");
        assertThat(whjx(() -> needs.raise(member.id(), " 想了解资质升级政策 ", "x").get().id()))
                .as("said twice")
                .isEqualTo(need.id());
        assertThat(whjx(() -> tasks.done(need.taskId(), List.of(), "admin")).isDone())
                .as("a tick is no answer")
                .isFalse();

        night("2026-03-26");
        assertThat(late(member)).isZero();
        night("2026-03-27");
        night("2026-03-27");
        night("2026-03-28");
        assertThat(late(member)).isEqualTo(1);

        assertThat(whjx(() -> needs.rate(need.id(), member.id(), Need.Rating.GOOD))
                        .isDone())
                .as("nothing to rate yet")
                .isFalse();
        assertThat(whjx(() -> needs.answer(need.id(), "  ", "zhoumin")).isDone())
                .isFalse();
        whjx(() -> needs.answer(need.id(), "已寄资料，周三去拜访", "zhoumin").get());
        assertThat(whjx(() -> needs.answer(need.id(), "再答一次", "zhoumin")).isDone())
                .isFalse();
        assertThat(whjx(() -> tasks.find(need.taskId()).orElseThrow().state())).isEqualTo(Task.State.DONE);
        assertThat(told(member, "member")).anyMatch(text -> text.contains("已寄资料，周三去拜访") && text.contains("评价"));
        Member other = member("别家公司");
        assertThat(whjx(() -> needs.rate(need.id(), other.id(), Need.Rating.POOR))
                        .isDone())
                .as("another's need")
                .isFalse();
        whjx(() -> needs.rate(need.id(), member.id(), Need.Rating.POOR).get());
        assertThat(whjx(() -> needs.of(member.id())).get(0).rating()).isEqualTo(Need.Rating.POOR);
        assertThat(told(member, "秘书处")).anyMatch(text -> text.contains("不满意"));
    }

    @Test
    @DisplayName("WHJX-8-4b、9-4：没有照片不能登记寄出；寄出即办结待办，联络员收到照片的链接")
    void nothing_is_sent_without_its_photo() throws Exception {
        Member member = member("票据公司");
        Task receipt = whjx(() -> tasks.open(
                NewTask.of("receipt", "会籍管理部", "开具票据").about(member.id()).cites("WHJX-9-4")));
        long mailing = whjx(() -> mailings.prepare("receipt", "", "admin").get());
        assertThat(whjx(() -> mailings.asked("receipt"))).extracting(Task::id).doesNotContain(receipt.id());
        Parcel parcel = whjx(() -> mailings.parcels(mailing)).stream()
                .filter(one -> one.memberId() == member.id())
                .findFirst()
                .orElseThrow();

        Outcome<Parcel> bare = whjx(() -> mailings.send(parcel.id(), "SF1234567", "admin"));
        assertThat(bare)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().clauses()).contains("WHJX-8-4b"));
        assertThat(whjx(() -> mailings.photograph(
                                List.of(parcel.id()), "<svg/>".getBytes(StandardCharsets.UTF_8), "admin"))
                        .isDone())
                .isFalse();
        byte[] photo = photo();
        whjx(() -> mailings.photograph(List.of(parcel.id()), photo, "admin").get());
        assertThat(whjx(() -> mailings.send(parcel.id(), "SF1234567", "admin")).isDone())
                .as("no address yet")
                .isFalse();
        whjx(() -> mailings.address(parcel.id(), "汉口路1号", "admin").get());
        assertThat(whjx(() -> mailings.send(parcel.id(), "单号是SF", "admin")).isDone())
                .isFalse();
        Parcel sent =
                whjx(() -> mailings.send(parcel.id(), "SF1234567", "admin").get());

        assertThat(sent.sentOn()).isEqualTo("2026-03-19");
        Task done = whjx(() -> tasks.find(receipt.id()).orElseThrow());
        assertThat(done.state()).isEqualTo(Task.State.DONE);
        assertThat(done.documents()).contains("照片");
        assertThat(told(member, "member"))
                .anyMatch(text -> text.contains("SF1234567") && text.contains("/m/whjx/parcels/" + parcel.id()));
        assertThat(whjx(() -> mailings.send(parcel.id(), "SF1234567", "admin")).isDone())
                .as("once")
                .isFalse();
        Long picture = sent.pictureId();
        assertThat(picture).isNotNull();
        assertThat(whjx(() -> pictures.open(picture).orElseThrow())).startsWith((byte) 0xFF, (byte) 0xD8);
        assertThat(Tenant.in("bacca", () -> pictures.open(picture)))
                .as("another association")
                .isEmpty();
        assertThat(Tenant.in("bacca", () -> mailings.find(parcel.id()))).isEmpty();
    }

    @Test
    @DisplayName("WHJX-12-0：告知书须有邮寄单号才算寄出；寄出后案件等会员答复")
    void a_letter_needs_proof_of_posting_and_then_its_period_runs() throws Exception {
        clock.restart(LocalDateTime.parse("2026-04-01T00:00"));
        Member member = whjx(() -> roster.enter(NewMember.draft("欠费公司", Kind.UNIT, "会员")
                .joined(LocalDate.parse("2020-03-01"))
                .paidThrough(LocalDate.parse("2024-12-31"))
                .teacher(teacher.id())
                .data("address", "汉口路9号")
                .done()));
        night("2026-04-01");
        assertThat(exit(member).at()).isEqualTo("会籍管理部");
        long mailing = whjx(() -> mailings.prepare("letter", "退会告知书", "admin").get());
        Parcel parcel = whjx(() -> mailings.parcels(mailing)).stream()
                .filter(one -> one.memberId() == member.id())
                .findFirst()
                .orElseThrow();
        byte[] photo = photo();
        whjx(() -> mailings.photograph(List.of(parcel.id()), photo, "admin").get());

        assertThat(whjx(() -> mailings.send(parcel.id(), "", "admin")).isDone()).isFalse();
        assertThat(exit(member).at()).isEqualTo("会籍管理部");
        whjx(() -> mailings.send(parcel.id(), "EMS123456789", "admin").get());

        assertThat(exit(member).at()).isEqualTo("member");
        assertThat(exit(member).due()).as("thirty days on is a day off").isEqualTo("2026-05-06");
    }

    @Test
    @DisplayName("WHJX-10-3：投稿进审核队列，退回写原因，会员知道；审过的不再审")
    void news_is_reviewed() throws Exception {
        Member member = member("投稿公司");
        byte[] photo = photo();
        assertThat(whjx(() -> stories.submit(member.id(), "喜报", "正文", List.of(new byte[] {1, 2})))
                        .isDone())
                .isFalse();
        assertThat(whjx(() -> stories.of(member.id()))).isEmpty();
        Story story = whjx(
                () -> stories.submit(member.id(), "喜报", "我司获奖", List.of(photo)).get());
        assertThat(whjx(() -> pictures.of(story.id()))).hasSize(1);
        Task review = whjx(() -> tasks.find(story.taskId()).orElseThrow());
        assertThat(review.to()).isEqualTo(teacher.address());
        assertThat(review.clauses()).contains("WHJX-10-3");

        assertThat(whjx(() -> stories.settle(story.id(), false, " ", "zhoumin")).isDone())
                .isFalse();
        whjx(() -> stories.settle(story.id(), false, "请补获奖证书照片", "zhoumin").get());

        assertThat(whjx(() -> tasks.find(review.id()).orElseThrow().state())).isEqualTo(Task.State.DONE);
        assertThat(told(member, "member")).anyMatch(text -> text.contains("请补获奖证书照片"));
        assertThat(whjx(() -> stories.settle(story.id(), true, "", "zhoumin")).isDone())
                .isFalse();
    }

    @Test
    @DisplayName("WHJX-8-4a、9-3：班主任确认交接单，会籍管理部更新；旧值留在台账，新联络员要重新邀请")
    void a_change_keeps_old_and_new() {
        Member member = member("变更公司");
        CaseView opened = whjx(() -> cases.open(Opening.byMember(
                        "change",
                        member.id(),
                        Map.of("field", "liaison", "to", "韩梅", "phone", "13612340009", "was", "李雷")))
                .get());
        Task notice = whjx(() -> tasks.search(TaskSearch.unfinished()
                        .member(member.id())
                        .what("handover-notice")
                        .page(0, 10)))
                .get(0);
        assertThat(notice.to()).isEqualTo(teacher.address());
        whjx(() -> tasks.done(notice.id(), List.of(), "zhoumin").get());
        whjx(() -> cases.decide(opened.id(), io.homeroom.casework.Decision.of("会籍管理部", "approve", null, "admin"))
                .get());

        assertThat(whjx(() -> contacts.toNotify(member.id()).orElseThrow().name()))
                .isEqualTo("韩梅");
        assertThat(whjx(() -> cases.find(opened.id()).orElseThrow().data())).containsEntry("was", "李雷");
        assertThat(whjx(() -> roster.history(member.id())))
                .anyMatch(entry -> "韩梅".equals(entry.data().get("liaison")));
        assertThat(whjx(() -> tasks.search(TaskSearch.unfinished()
                        .member(member.id())
                        .what("invite-liaison")
                        .page(0, 10))))
                .singleElement()
                .satisfies(task -> assertThat(task.to()).isEqualTo(teacher.address()));
    }

    private CaseView exit(Member member) {
        return whjx(() -> cases.of(member.id())).stream()
                .filter(one -> one.type().equals("exit"))
                .findFirst()
                .orElseThrow();
    }

    private Member member(String name) {
        return whjx(() -> roster.enter(NewMember.draft(name, Kind.UNIT, "会员")
                .joined(LocalDate.parse("2026-01-05"))
                .paidThrough(LocalDate.parse("2026-12-31"))
                .teacher(teacher.id())
                .contact(io.homeroom.member.Role.LIAISON, "李雷", "13612340001")
                .done()));
    }

    private void night(String day) {
        LocalDate date = LocalDate.parse(day);
        clock.restart(date.atStartOfDay());
        Tenant.in("whjx", () -> {
            duties.stream().sorted(Comparator.comparingInt(Duty::order)).forEach(duty -> duty.run(date));
            return null;
        });
    }

    private long late(Member member) {
        return told(member, "秘书处").stream()
                .filter(text -> text.contains("没有答复"))
                .count();
    }

    private List<String> told(Member member, String to) {
        return whjx(() -> notices.search(NoticeSearch.all().member(member.id()))).stream()
                .filter(notice -> notice.to().equals(to))
                .map(Notice::text)
                .toList();
    }

    private static byte[] photo() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg", out);
        return out.toByteArray();
    }

    private static <T> T whjx(Supplier<T> act) {
        return Tenant.in("whjx", act);
    }
}
