package io.homeroom.chat;

import io.homeroom.desk.Tell;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Bindings;
import io.homeroom.member.Bound;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Who speaks for which member: ties made by a scanned code, chosen among, and loosed again. */
@Component
class Ties {

    private static final int SHOWN = 6;

    private final Wording wording = new Wording(Lexicon.shipped());

    private final Memory memory;
    private final Bindings bindings;
    private final Contacts contacts;
    private final Roster roster;
    private final Classes classes;
    private final Lawbook laws;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Ties(
            Memory memory,
            Bindings bindings,
            Contacts contacts,
            Roster roster,
            Classes classes,
            Lawbook laws,
            BusinessClock clock,
            ApplicationEventPublisher events) {
        this.memory = memory;
        this.bindings = bindings;
        this.contacts = contacts;
        this.roster = roster;
        this.classes = classes;
        this.laws = laws;
        this.clock = clock;
        this.events = events;
    }

    /** Which of the members that were offered is meant, by number or name; it is spoken of from now on. */
    Optional<Bound> chosen(Question.ChooseMember choice, Turn turn) {
        Optional<Bound> meant = meant(choice, turn);
        meant.ifPresent(member -> {
            bindings.choose(turn.openid(), member.memberId());
            memory.settle(turn.openid());
        });
        return meant;
    }

    private Optional<Bound> meant(Question.ChooseMember choice, Turn turn) {
        OptionalInt number = turn.number();
        if (number.isPresent() && number.getAsInt() <= choice.among().size()) {
            long wanted = choice.among().get(number.getAsInt() - 1);
            return turn.bound().stream().filter(b -> b.memberId() == wanted).findFirst();
        }
        String letters = turn.letters();
        if (letters.length() < 2) {
            return Optional.empty();
        }
        List<Bound> named = turn.bound().stream()
                .filter(b -> wording.letters(b.memberName()).contains(letters))
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }

    /** For whom a person may speak. */
    List<Bound> of(String openid) {
        return bindings.of(openid);
    }

    Reply scanned(String openid, String scene) {
        Outcome<Contact> outcome = bindings.bind(scene, openid);
        if (outcome instanceof Outcome.Refused<Contact> refused) {
            Screen screen = Screen.of(refused.refusal().reason());
            Reply reply = bindings.of(openid).isEmpty()
                    ? screen.suggest("人工", "请秘书处协助").suggest("入会", "了解入会").reply()
                    : screen.suggest("状态", "看现在的情况").suggest("人工", "请班主任协助").reply();
            return memory.told(openid, null, reply);
        }
        Contact contact = outcome.get();
        memory.settle(openid);
        bindings.choose(openid, contact.memberId());
        Member member = roster.get(contact.memberId());
        Screen screen = Screen.of(
                (contact.name().isBlank() ? "你好。" : contact.name() + "，你好。") + "已绑定「" + member.name() + "」，身份："
                        + contact.role().word() + "。",
                contact.phone().isBlank() ? "" : "登记的手机 " + Mask.phone(contact.phone()) + "，有变化请回复「资料变更」。",
                heard(contact));
        classes.teacherOf(member).map(MemberAnswers::introduced).ifPresent(screen::line);
        if (bindings.of(openid).size() > 1) {
            screen.line("你负责不止一家单位，现在说的是这一家；回复「切换单位」可换。");
        }
        return memory.told(openid, member.id(), usual(screen));
    }

    /** Of several liaisons the first hears what the member is told. */
    private String heard(Contact contact) {
        String news = law().fees() == null ? "到期和审议结果" : "账单、到期和审议结果";
        return contacts.toNotify(contact.memberId())
                .filter(first -> first.id() != contact.id() && first.role() == contact.role())
                .map(first -> news + "通知" + first.name() + "；你在这里一样能查、能办。")
                .orElse("以后" + news + "都在这里通知你。");
    }

    Reply welcome(String openid) {
        Optional<Bound> about = bindings.current(openid);
        if (about.isPresent()) {
            return usual(Screen.of("欢迎回来。你绑定的是「" + about.get().memberName() + "」。"));
        }
        Rulebook law = law();
        return Screen.of("这里是" + law.name() + "的会员服务。", "会员单位联络人：请向班主任索取绑定二维码，扫码后可查状态、账单并缴费。", "还不是会员：回复「入会」看条件和材料。")
                .suggest("入会", "了解入会")
                .suggest("绑定", "绑定单位")
                .suggest("人工", "联系秘书处")
                .reply();
    }

    Reply left(String openid) {
        memory.settle(openid);
        for (Bound bound : bindings.of(openid)) {
            events.publishEvent(Tell.of(
                            "teacher",
                            bound.memberId(),
                            "unfollowed",
                            bound.memberName() + "的" + role(bound) + "取消关注了公众号，之后的通知送不到，请改用电话联系")
                    .urgency(Tell.Urgency.DIGEST));
        }
        return Reply.SILENCE;
    }

    static Reply stranger() {
        return Screen.of("单位信息只对其联络人开放。", "如果你是会员单位联络人，请向班主任索取绑定二维码；想入会回复「入会」。")
                .suggest("入会", "了解入会")
                .suggest("绑定", "怎么绑定")
                .suggest("人工", "联系秘书处")
                .reply();
    }

    static Reply howToBind(List<Bound> bound, @Nullable Bound about) {
        if (bound.isEmpty()) {
            return Screen.of("请向班主任或秘书处索取本单位的绑定二维码，用微信扫一下就绑定，不用填表。", "二维码只能用一次，并有有效期；过期请再要一个。")
                    .suggest("人工", "请秘书处发二维码")
                    .suggest("入会", "还不是会员")
                    .reply();
        }
        return Screen.of(
                        "你已绑定：" + names(bound) + "。",
                        about == null ? "" : "现在说的是「" + about.memberName() + "」。",
                        "要再绑一家，请向班主任索取那家单位的二维码，扫一下就行。")
                .suggest("状态", "看现在的情况")
                .suggest("切换单位", "换一家")
                .suggest("解绑", "解除绑定")
                .reply();
    }

    Reply unbind(String openid, List<Bound> bound, @Nullable Bound about) {
        if (bound.isEmpty()) {
            return Screen.of("你没有绑定任何单位，不用解绑。").suggest("帮助", "看能办什么").reply();
        }
        if (about == null) {
            return choose(openid, bound, Intent.UNBIND);
        }
        memory.ask(openid, new Question.ConfirmUnbind(about.memberId()));
        return Screen.of(
                        "要解除与「" + about.memberName() + "」的绑定吗？",
                        "解绑后你不再收到它的账单和通知，也查不到它的信息；会籍和账单不受影响。",
                        "以后要恢复，请班主任重新发二维码。")
                .suggest("确认", "解除绑定")
                .suggest("取消", "保持不变")
                .reply();
    }

    Reply unbound(String openid, long member, List<Bound> bound) {
        Bound tie =
                bound.stream().filter(b -> b.memberId() == member).findFirst().orElse(null);
        if (tie == null) {
            return Screen.of("这项绑定已经不在了。").suggest("帮助", "看能办什么").reply();
        }
        String role = role(tie);
        bindings.unbind(openid, member);
        events.publishEvent(
                Tell.of("teacher", member, "unbound", tie.memberName() + "的" + role + "解除了微信绑定，请确认新的联络人并发二维码"));
        Screen screen = Screen.of("已解除与「" + tie.memberName() + "」的绑定。班主任会知道，并联系单位确认新的联络人。");
        List<Bound> rest = bindings.of(openid);
        if (!rest.isEmpty()) {
            screen.line("你还绑定着：" + names(rest) + "。").suggest("状态", "看现在的情况");
        }
        return screen.suggest("帮助", "看能办什么").reply();
    }

    private String role(Bound bound) {
        return contacts.find(bound.contactId())
                .map(Contact::role)
                .orElse(Role.LIAISON)
                .word();
    }

    Reply choose(String openid, List<Bound> bound, @Nullable Intent then) {
        if (bound.isEmpty()) {
            return stranger();
        }
        if (bound.size() == 1) {
            return Screen.of("你只绑定了「" + bound.get(0).memberName() + "」，不用切换。", "要再绑一家，请向班主任索取那家单位的二维码。")
                    .suggest("状态", "看现在的情况")
                    .suggest("绑定", "怎么绑定")
                    .reply();
        }
        List<Bound> shown = bound.subList(0, Math.min(SHOWN - 1, bound.size()));
        memory.ask(
                openid,
                new Question.ChooseMember(shown.stream().map(Bound::memberId).toList(), then));
        Screen screen = Screen.of(then == null ? "你负责这些单位，要看哪一家？回复数字或名称：" : "你负责不止一家单位，问的是哪一家？回复数字或名称：");
        for (int i = 0; i < shown.size(); i++) {
            screen.line(
                    (i + 1) + " " + shown.get(i).memberName() + (shown.get(i).current() ? "（当前）" : ""));
        }
        return screen.line(bound.size() > shown.size() ? "其余" + (bound.size() - shown.size()) + "家请直接回复名称。" : "")
                .reply();
    }

    Reply now(Bound member) {
        return usual(Screen.of("好的，现在说的是「" + member.memberName() + "」。"));
    }

    /** What a member mostly asks first; where no fees are known, nothing about bills. */
    private Reply usual(Screen screen) {
        boolean fees = law().fees() != null;
        return screen.suggest("状态", "看现在的情况")
                .suggest(fees ? "账单" : "班主任", fees ? "看账单" : "联系班主任")
                .suggest("帮助", "看能办什么")
                .reply();
    }

    private static String names(List<Bound> bound) {
        List<String> names = new ArrayList<>();
        bound.stream().limit(SHOWN).forEach(b -> names.add(b.memberName()));
        return String.join("、", names) + (bound.size() > SHOWN ? "等" + bound.size() + "家" : "");
    }

    private Rulebook law() {
        return laws.of(Tenant.current(), clock.today());
    }
}
