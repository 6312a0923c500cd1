package io.homeroom.casework;

import io.homeroom.desk.NewTask;
import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.desk.Undated;
import io.homeroom.ground.Money;
import io.homeroom.ground.Span;
import io.homeroom.member.Member;
import io.homeroom.member.Page;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Consequence;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.TaskRule;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import io.homeroom.till.PayLinks;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Carries out what a rulebook says must follow: notices, tasks, cases, and effects on the member. */
@Service
@Transactional
public class Consequences {

    /** In the data of notices: the case they are about. */
    static final String CASE = "case";

    /** Among the words: the last day of what brought the consequences about, where they share it. */
    static final String DUE = Consequence.DUE;

    /** Before the id, where a member has moved a case. */
    private static final String MEMBER = "member:";

    private static final Map<String, String> TASKS = Map.ofEntries(
            Map.entry("reply", "书面答复"),
            Map.entry("registration", "办理注册登记"),
            Map.entry("notify", "通知办理登记"),
            Map.entry("announcement", "发布公告"),
            Map.entry("letter", "寄送书面通知"),
            Map.entry("handover", "办理交接"),
            Map.entry("certificate", "制发会员证书"),
            Map.entry("plaque", "制发会员牌匾"),
            Map.entry("roster", "更新会员名册"),
            Map.entry("file-update", "更新会员档案"),
            Map.entry("receipt", "开具会费票据"),
            Map.entry(Dunning.TASK, "催缴会费"),
            Map.entry(Assists.TASK, "协助办理"),
            Map.entry("match-payment", "认领到账款项"),
            Map.entry("refund", "退款"),
            Map.entry("correction", "发布更正"),
            Map.entry("rulebook", "修订规则书"),
            Map.entry("posts", "核定职务"),
            Map.entry("consider-downgrade", "考虑是否降级"),
            Map.entry("fee-report", "编制会费年报"),
            Map.entry("proposal", "提出奖惩建议"),
            Map.entry("assign-teacher", "指派班主任"),
            Map.entry("group-invitation", "邀请进入班级群"),
            Map.entry("handover-notice", "填写资料交接通知单"),
            Map.entry("publicity", "审核宣传材料"),
            Map.entry(DataChecks.TASK, "请会员核对资料"),
            Map.entry(Assignments.TASK, "完成交办的任务"),
            Map.entry("carry-out", "执行决议"),
            Map.entry("work-report", "准备年度工作报告"),
            Map.entry("work-plan", "准备年度工作计划"),
            Map.entry("minutes", "整理会议纪要"),
            Map.entry("industry-report", "向会员赠送年度行业报告"));

    private final Lawbook law;
    private final BusinessClock clock;
    private final Calendars calendars;
    private final Undated undated;
    private final Roster roster;
    private final Tasks tasks;
    private final PayLinks links;
    private final Dunning dunning;
    private final ObjectProvider<Cases> cases;
    private final ObjectProvider<Effects> effects;
    private final ObjectProvider<Rights> rights;
    private final ApplicationEventPublisher events;

    Consequences(
            Lawbook law,
            BusinessClock clock,
            Calendars calendars,
            Undated undated,
            Roster roster,
            Tasks tasks,
            PayLinks links,
            Dunning dunning,
            ObjectProvider<Cases> cases,
            ObjectProvider<Effects> effects,
            ObjectProvider<Rights> rights,
            ApplicationEventPublisher events) {
        this.law = law;
        this.clock = clock;
        this.calendars = calendars;
        this.undated = undated;
        this.roster = roster;
        this.tasks = tasks;
        this.links = links;
        this.dunning = dunning;
        this.cases = cases;
        this.effects = effects;
        this.rights = rights;
        this.events = events;
    }

    /** Carries out what follows an event of the rulebook's {@code on}; nothing where it does not name it. */
    public void on(String event, Context context) {
        carryOut(law.of(clock.today()).on().getOrDefault(event, List.of()), context);
    }

    /** Carries the acts out in order. Those that were carried out under the same key are not repeated. */
    public void carryOut(List<Act> acts, Context context) {
        Long id = context.member();
        Member member = id == null ? null : roster.get(id);
        int place = 0;
        Context now = context;
        for (Act act : acts) {
            now = carryOut(act, now, member, context.key() + ":" + place++);
        }
    }

    /** Answers the context for the acts that come after: they belong to a case that this one opened. */
    private Context carryOut(Act act, Context context, @Nullable Member member, String key) {
        Context after = context;
        List<String> cite = act.cite().isEmpty() ? context.cite() : act.cite();
        for (String to : act.tell()) {
            tell(to, act.says(), cite, context, member, key + ":" + to);
        }
        TaskRule task = act.task();
        if (task != null) {
            open(task, act.says(), context, member, key);
        }
        String open = act.open();
        if (open != null && member != null) {
            CaseView opened = cases.getObject()
                    .openByRule(member.id(), open, act.at(), cite, context.billId(), key, context.words());
            after = context.of(opened.id());
        }
        Act.Effect effect = act.effect();
        if (effect != null && member != null) {
            effects.getObject().enact(effect, member.id(), context.caseId(), cite, context.by());
        }
        return after;
    }

    private void tell(
            String to, @Nullable String says, List<String> cite, Context context, @Nullable Member member, String key) {
        if (to.equals("members")) {
            everyone(says, cite, context, key);
            return;
        }
        String text = fill(says == null ? "请办理" : says, context, member);
        String whom = to;
        Long about = context.member();
        if (to.equals("mover")) {
            String mover = context.by();
            boolean moved = mover.startsWith(MEMBER);
            whom = moved ? "member" : mover;
            about = moved ? Long.valueOf(mover.substring(MEMBER.length())) : about;
        } else if (to.equals("former-teacher")) {
            String former = context.words().get("former-teacher");
            if (former == null) {
                return;
            }
            whom = former;
        } else if (to.equals(Act.BRANCH) && (member == null || member.branch() == null)) {
            return;
        }
        events.publishEvent(
                Tell.of(whom, about, "notice", text).cites(cite).once(key).with(facts(context)));
    }

    private static Map<String, String> facts(Context context) {
        Map<String, String> facts = new HashMap<>();
        if (context.caseId() != null) {
            facts.put(CASE, String.valueOf(context.caseId()));
        }
        String url = context.words().get("url");
        if (url != null) {
            facts.put("url", url);
        }
        return facts;
    }

    /** Everybody who may use a member's rights today, once under the key; a page of the roster at a time. */
    private void everyone(@Nullable String says, List<String> cite, Context context, String key) {
        Long after = 0L;
        while (after != null) {
            Page<Member> page = roster.search(new Search(null, Standing.ACTIVE, null, null, after, 200));
            page.items().stream()
                    .filter(member -> rights.getObject().may(member.id(), Rights.ANY))
                    .forEach(member ->
                            tell("member", says, cite, context.about(member.id()), member, key + ":" + member.id()));
            after = page.next();
        }
    }

    private void open(TaskRule rule, @Nullable String says, Context context, @Nullable Member member, String key) {
        if (rule.to().equals(Act.BRANCH) && (member == null || member.branch() == null)) {
            return;
        }
        if (rule.what().equals(Dunning.TASK) && member != null) {
            dunning.asked(member.id());
            return;
        }
        LocalDate today = clock.today();
        Span span = rule.due();
        LocalDate due = null;
        if (span != null) {
            due = calendars
                    .lastDayToAct(today, span, law.of(today).holds("weekends-roll"))
                    .orElse(null);
        }
        String last = context.words().get(DUE);
        if (span == null && last != null) {
            due = LocalDate.parse(last);
        }
        String subject = member == null ? "" : "：" + member.name();
        String where = rule.where() == null ? "" : "（" + rule.where() + "）";
        String amount = context.words().get("amountFen");
        Task opened = tasks.open(NewTask.of(
                        rule.what(),
                        addressee(rule.to(), member),
                        (says == null ? word(rule.what()) + where : says) + subject)
                .about(context.member())
                .of(context.caseId())
                .at(rule.where())
                .due(due)
                .worth(amount == null ? null : new Money(Long.parseLong(amount)))
                .cites(rule.cite())
                .with(Map.of("documents", String.join(" ", rule.documents())))
                .once(key + ":" + rule.what() + (rule.where() == null ? "" : ":" + rule.where())));
        if (span != null && due == null) {
            undated.note(Undated.Kind.TASK, opened.id(), today, span);
        }
    }

    /** What a task is called. */
    static String word(String what) {
        return TASKS.getOrDefault(what, what);
    }

    String addressee(String to, @Nullable Member member) {
        if (to.equals(Act.BRANCH) && member != null && member.branch() != null) {
            return member.branch();
        }
        if (!to.equals("teacher")) {
            return to;
        }
        Long teacher = member == null ? null : member.teacherId();
        if (teacher != null) {
            return "staff:" + teacher;
        }
        Rulebook book = law.of(clock.today());
        Rulebook.Teacher rule = book.teacher();
        return rule == null ? book.offices().get(0) : rule.assigns();
    }

    private String fill(String text, Context context, @Nullable Member member) {
        String filled = (member == null ? text : text.replace("{会员}", member.name()))
                .replace("{资料页}", links.page("change"))
                .replace("{不答复}", CaseDeadlines.unanswered(law.of(clock.today())));
        for (Map.Entry<String, String> word : context.words().entrySet()) {
            filled = filled.replace("{" + word.getKey() + "}", word.getValue());
        }
        return filled.replaceAll("\\{[^}]*\\}", "");
    }
}
