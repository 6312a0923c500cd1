package io.homeroom.chat;

import io.homeroom.desk.Tell;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Bindings;
import io.homeroom.member.Bound;
import io.homeroom.member.Contact;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The conversation with one person in an association's account. Whoever is bound to a member hears about that member;
 * everybody hears what the bylaws say; nobody else hears anything, not even whether a member exists.
 */
@Service
public class Conversation {

    private static final int SHOWN = 6;
    private static final String OTHER = "其他";
    private static final Set<String> YES = Set.of("好", "好的", "行", "可以", "要");
    private static final List<Suggestion> FOR_STRANGERS =
            List.of(new Suggestion("入会", "了解入会"), new Suggestion("绑定", "绑定单位"), new Suggestion("人工", "联系秘书处"));

    private final Lexicon lexicon = Lexicon.shipped();
    private final Wording wording = new Wording(lexicon);
    private final Understanding understanding = new Understanding(lexicon, wording);

    private final Memory memory;
    private final MemberAnswers memberAnswers;
    private final BallotAnswers ballotAnswers;
    private final ExcuseAnswers excuseAnswers;
    private final DataAnswers dataAnswers;
    private final Answers answers;
    private final CaseAnswers caseAnswers;
    private final Handover handover;
    private final NeedWords needs;
    private final ChangeWords changes;
    private final CircularWords circulars;
    private final Bylaws bylaws;
    private final Bindings bindings;
    private final Roster roster;
    private final Classes classes;
    private final Lawbook laws;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Conversation(
            Memory memory,
            MemberAnswers memberAnswers,
            BallotAnswers ballotAnswers,
            ExcuseAnswers excuseAnswers,
            DataAnswers dataAnswers,
            Answers answers,
            CaseAnswers caseAnswers,
            Handover handover,
            NeedWords needs,
            ChangeWords changes,
            CircularWords circulars,
            Bylaws bylaws,
            Bindings bindings,
            Roster roster,
            Classes classes,
            Lawbook laws,
            BusinessClock clock,
            ApplicationEventPublisher events) {
        this.memory = memory;
        this.memberAnswers = memberAnswers;
        this.ballotAnswers = ballotAnswers;
        this.excuseAnswers = excuseAnswers;
        this.dataAnswers = dataAnswers;
        this.answers = answers;
        this.caseAnswers = caseAnswers;
        this.handover = handover;
        this.needs = needs;
        this.changes = changes;
        this.circulars = circulars;
        this.bylaws = bylaws;
        this.bindings = bindings;
        this.roster = roster;
        this.classes = classes;
        this.laws = laws;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Hears somebody and answers, within the current association and in one transaction with whatever the words set
     * off. Says nothing to somebody who has just left.
     */
    @Transactional
    public Reply hear(Heard heard) {
        String openid = heard.openid();
        return switch (heard.kind()) {
            case UNSUBSCRIBE -> left(openid);
            case SUBSCRIBE -> heard.text().isBlank() ? welcome(openid) : scanned(openid, heard.text());
            case SCAN -> scanned(openid, heard.text());
            case CLICK, TEXT, VOICE -> said(heard);
        };
    }

    private Reply said(Heard heard) {
        String openid = heard.openid();
        String shown = heard.text();
        if (heard.kind() == Heard.Kind.CLICK) {
            Understanding.Guess guess = understanding.of(heard.text());
            shown = guess.clear() ? lexicon.of(guess.first()).word() : heard.text();
        }
        List<Bound> bound = bindings.of(openid);
        Bound about = bound.stream().filter(Bound::current).findFirst().orElse(null);
        Long member = about == null ? null : about.memberId();
        long line = memory.said(
                openid, member, Memory.Speaker.PERSON, voting(openid, heard.text()) ? BallotAnswers.UNSAID : shown);
        Reply reply = answer(openid, heard.text(), line, bound, about);
        if (!reply.equals(Reply.SILENCE)) {
            memory.said(openid, member, Memory.Speaker.ASSISTANT, reply.text());
        }
        return reply;
    }

    /** Whether the words may tell how somebody votes. */
    private boolean voting(String openid, String text) {
        boolean tells = BallotAnswers.tells(wording.letters(text));
        if (!tells && wording.choice(text).isEmpty()) {
            return false;
        }
        if (memory.open(openid, Long.MAX_VALUE).orElse(null) instanceof Question.CastBallot) {
            return true;
        }
        Understanding.Guess guess = understanding.of(text);
        return tells && guess.clear() && guess.first() == Intent.BALLOT;
    }

    private Reply answer(String openid, String text, long line, List<Bound> bound, @Nullable Bound about) {
        Optional<Reply> known = circulars.hear(text, bound);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<Reply> need = needs.hear(text, about).or(() -> changes.hear(openid, text, about));
        if (need.isPresent()) {
            return need.get();
        }
        Understanding.Guess guess = understanding.of(text);
        if (guess.clear() && isNoAnswer(guess.first(), text, bound)) {
            return act(guess.first(), openid, text, bound, about);
        }
        Optional<Question> question = memory.open(openid, line);
        if (question.isPresent()) {
            Optional<Reply> answered = answered(question.get(), openid, text, guess, bound, about);
            if (answered.isPresent()) {
                return answered.get();
            }
            memory.settle(openid);
        }
        return guess.clear()
                ? act(guess.first(), openid, text, bound, about)
                : unsure(openid, text, guess, bound, about);
    }

    /** Whether words are a matter of their own, whatever was asked before: an open question need not be looked for. */
    private boolean isNoAnswer(Intent clear, String text, List<Bound> bound) {
        return bound.size() < 2
                && (MemberAnswers.answers(clear) || LawAnswers.answers(clear))
                && clear != Intent.EXCUSE
                && wording.choice(text).isEmpty()
                && !isYes(text);
    }

    /** What an open question makes of the words; empty if they are about something else. */
    private Optional<Reply> answered(
            Question question,
            String openid,
            String text,
            Understanding.Guess guess,
            List<Bound> bound,
            @Nullable Bound about) {
        OptionalInt number = wording.choice(text);
        Intent clear = guess.clear() ? guess.first() : null;
        if (question instanceof Question.ChooseIntent choice) {
            if (number.isEmpty() || number.getAsInt() > choice.among().size() + 1) {
                return Optional.empty();
            }
            memory.settle(openid);
            int chosen = number.getAsInt();
            return Optional.of(
                    chosen <= choice.among().size()
                            ? act(choice.among().get(chosen - 1), openid, text, bound, about)
                            : offerHuman(openid, about));
        }
        if (question instanceof Question.ChooseMember choice) {
            return chosen(choice, text, number, bound).map(member -> {
                bindings.choose(openid, member.memberId());
                memory.settle(openid);
                Intent then = choice.then();
                return then == null ? now(member) : act(then, openid, text, bindings.of(openid), member);
            });
        }
        if (question instanceof Question.ChooseBallot choice) {
            if (number.isEmpty() || number.getAsInt() > choice.among().size() || !speaks(bound, choice.member())) {
                return Optional.empty();
            }
            return Optional.of(
                    ballotAnswers.ask(openid, choice.member(), choice.among().get(number.getAsInt() - 1)));
        }
        if (question instanceof Question.CastBallot cast) {
            if (clear == Intent.CANCEL && !BallotAnswers.tells(wording.letters(text))) {
                memory.settle(openid);
                return Optional.of(
                        Screen.of("好的，没有投票。截止前随时可以再来。").suggest("表决", "再看一次").reply());
            }
            return speaks(bound, cast.member())
                    ? ballotAnswers.cast(openid, cast, wording.letters(text), number.orElse(0))
                    : Optional.empty();
        }
        if (question instanceof Question.ChooseSitting choice) {
            if (number.isEmpty() || number.getAsInt() > choice.among().size() || !speaks(bound, choice.member())) {
                return Optional.empty();
            }
            return Optional.of(
                    excuseAnswers.ask(openid, choice.member(), choice.among().get(number.getAsInt() - 1)));
        }
        if (question instanceof Question.ExcuseSitting excuse) {
            if (clear == Intent.CANCEL) {
                memory.settle(openid);
                return Optional.of(
                        Screen.of("好的，照常参加，没有改动。").suggest("请假", "再看一次").reply());
            }
            return speaks(bound, excuse.member()) ? excuseAnswers.answer(openid, excuse, text) : Optional.empty();
        }
        if (question instanceof Question.ConfirmUnbind unbind) {
            if (clear == Intent.CONFIRM || clear == Intent.UNBIND) {
                memory.settle(openid);
                return Optional.of(unbound(openid, unbind.member(), bound));
            }
            if (clear == Intent.CANCEL) {
                memory.settle(openid);
                return Optional.of(
                        Screen.of("好的，没有解绑，一切照旧。").suggest("状态", "看现在的情况").reply());
            }
            return Optional.empty();
        }
        if (clear == Intent.CONFIRM || number.isPresent() && number.getAsInt() == 1 || isYes(text)) {
            memory.settle(openid);
            return Optional.of(handover.over(openid, about));
        }
        if (clear == Intent.CANCEL) {
            memory.settle(openid);
            return Optional.of(help(about));
        }
        return Optional.empty();
    }

    private static boolean speaks(List<Bound> bound, long member) {
        return bound.stream().anyMatch(b -> b.memberId() == member);
    }

    private boolean isYes(String text) {
        return YES.contains(wording.letters(text));
    }

    private Optional<Bound> chosen(Question.ChooseMember choice, String text, OptionalInt number, List<Bound> bound) {
        if (number.isPresent() && number.getAsInt() <= choice.among().size()) {
            long wanted = choice.among().get(number.getAsInt() - 1);
            return bound.stream().filter(b -> b.memberId() == wanted).findFirst();
        }
        String letters = wording.letters(text);
        if (letters.length() < 2) {
            return Optional.empty();
        }
        List<Bound> named = bound.stream()
                .filter(b -> wording.letters(b.memberName()).contains(letters))
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }

    private Reply act(Intent intent, String openid, String text, List<Bound> bound, @Nullable Bound about) {
        if (MemberAnswers.answers(intent)) {
            return ofMember(intent, openid, text, bound, about);
        }
        if (LawAnswers.answers(intent)) {
            return ofLaw(intent, about);
        }
        return switch (intent) {
            case HUMAN -> handover.over(openid, about);
            case PROGRESS -> progress(openid, bound, about);
            case BIND -> howToBind(bound, about);
            case UNBIND -> unbind(openid, bound, about);
            case SWITCH -> choose(openid, bound, null);
            case THANKS -> Screen.of("不客气，有事随时说。").suggest("帮助", "看能办什么").reply();
            case CONFIRM, CANCEL ->
                Screen.of("现在没有等你确认的事。").suggest("帮助", "看能办什么").reply();
            default -> help(about);
        };
    }

    private Reply ofMember(Intent intent, String openid, String text, List<Bound> bound, @Nullable Bound about) {
        if (bound.isEmpty()) {
            Rulebook law = law();
            boolean money = intent == Intent.BILLS || intent == Intent.PAY || intent == Intent.TRANSFER;
            return money && law.fees() == null ? LawAnswers.noFee(law) : stranger();
        }
        if (about == null) {
            return choose(openid, bound, intent);
        }
        if (intent == Intent.UNCHANGED) {
            return dataAnswers.unchanged(about.memberId());
        }
        if (intent == Intent.EXCUSE) {
            return excuseAnswers.list(openid, about.memberId(), text);
        }
        return intent == Intent.BALLOT
                ? ballotAnswers.list(openid, about.memberId())
                : memberAnswers.answer(intent, about.member());
    }

    private Reply progress(String openid, List<Bound> bound, @Nullable Bound about) {
        if (about == null && bound.size() > 1) {
            return choose(openid, bound, Intent.PROGRESS);
        }
        return caseAnswers
                .progress(openid, about == null ? null : about.memberId())
                .orElseGet(Conversation::stranger);
    }

    private Reply ofLaw(Intent intent, @Nullable Bound about) {
        Rulebook law = law();
        Member member = about == null ? null : roster.find(about.memberId()).orElse(null);
        if (intent == Intent.DISCOUNT && law.fees() != null && member == null) {
            return stranger();
        }
        String standard = LawAnswers.standard(intent);
        Rulebook.Answer answer = standard == null ? null : law.answers().get(standard);
        if (member != null && standard != null && answer != null) {
            answers.tellOthers(member.id(), standard, answer);
        }
        Reply reply = LawAnswers.answer(intent, law, member, caseAnswers.way(intent, member));
        return member == null ? new Reply(reply.text(), FOR_STRANGERS) : reply;
    }

    private Reply unsure(
            String openid, String text, Understanding.Guess guess, List<Bound> bound, @Nullable Bound about) {
        List<ClauseSearch.Passage> passages = bylaws.find(text);
        if (!passages.isEmpty()) {
            Screen screen = Screen.of("《" + law().title() + "》里写着：");
            passages.forEach(passage -> screen.line("「" + passage.text() + "」〔" + passage.label() + "〕"));
            return screen.line("这是条文原话；要问具体怎么办，可以转人工。")
                    .suggest("人工", "转给" + helper(about))
                    .suggest("帮助", "看能办什么")
                    .reply();
        }
        List<Intent> likely = guess.likely().stream()
                .filter(intent -> !bound.isEmpty() || !MemberAnswers.answers(intent))
                .filter(intent -> intent != Intent.CONFIRM && intent != Intent.CANCEL && intent != Intent.THANKS)
                .toList();
        if (likely.isEmpty()) {
            return bound.isEmpty() && !guess.likely().isEmpty() ? stranger() : offerHuman(openid, about);
        }
        memory.ask(openid, new Question.ChooseIntent(likely));
        StringBuilder choices = new StringBuilder();
        for (int i = 0; i < likely.size(); i++) {
            choices.append(i + 1)
                    .append(' ')
                    .append(lexicon.of(likely.get(i)).word())
                    .append("  ");
        }
        choices.append(likely.size() + 1).append(' ').append(OTHER).append('？');
        return Screen.of("我没完全明白。你是想问：", choices.toString(), "回复数字，或直接说「转人工」，" + helper(about) + "会看到这段对话。")
                .reply();
    }

    private Reply offerHuman(String openid, @Nullable Bound about) {
        memory.ask(openid, new Question.OfferHuman());
        return Screen.of("这个问题我还答不上来，不想猜错。", "要转给" + helper(about) + "吗？回复「1」就转，这段对话会一起带过去。")
                .suggest("人工", "转给" + helper(about))
                .suggest("帮助", "看能办什么")
                .reply();
    }

    private String helper(@Nullable Bound about) {
        return about == null
                ? "秘书处"
                : classes.teacherOf(about.memberId()).map(MemberAnswers::polite).orElse("秘书处");
    }

    // ---- who is who

    private Reply scanned(String openid, String scene) {
        Outcome<Contact> outcome = bindings.bind(scene, openid);
        if (outcome instanceof Outcome.Refused<Contact> refused) {
            memory.said(
                    openid, null, Memory.Speaker.ASSISTANT, refused.refusal().reason());
            Screen screen = Screen.of(refused.refusal().reason());
            return bindings.of(openid).isEmpty()
                    ? screen.suggest("人工", "请秘书处协助").suggest("入会", "了解入会").reply()
                    : screen.suggest("状态", "看现在的情况").suggest("人工", "请班主任协助").reply();
        }
        Contact contact = outcome.get();
        memory.settle(openid);
        bindings.choose(openid, contact.memberId());
        Member member = roster.get(contact.memberId());
        Screen screen = Screen.of(
                (contact.name().isBlank() ? "你好。" : contact.name() + "，你好。") + "已绑定「" + member.name() + "」，身份："
                        + contact.role().word() + "。",
                contact.phone().isBlank() ? "" : "登记的手机 " + Mask.phone(contact.phone()) + "，有变化请回复「资料变更」。",
                "以后账单、到期和审议结果都在这里通知你。");
        classes.teacherOf(member.id()).map(MemberAnswers::introduced).ifPresent(screen::line);
        if (bindings.of(openid).size() > 1) {
            screen.line("你负责不止一家单位，现在说的是这一家；回复「切换单位」可换。");
        }
        Reply reply = screen.suggest("状态", "看现在的情况")
                .suggest("账单", "看账单")
                .suggest("帮助", "看能办什么")
                .reply();
        memory.said(openid, member.id(), Memory.Speaker.ASSISTANT, reply.text());
        return reply;
    }

    private Reply welcome(String openid) {
        Optional<Bound> about = bindings.current(openid);
        if (about.isPresent()) {
            return Screen.of("欢迎回来。你绑定的是「" + about.get().memberName() + "」。")
                    .suggest("状态", "看现在的情况")
                    .suggest("账单", "看账单")
                    .suggest("帮助", "看能办什么")
                    .reply();
        }
        Rulebook law = law();
        return Screen.of("这里是" + law.name() + "的会员服务。", "会员单位联络人：请向班主任索取绑定二维码，扫码后可查状态、账单并缴费。", "还不是会员：回复「入会」看条件和材料。")
                .suggest("入会", "了解入会")
                .suggest("绑定", "绑定单位")
                .suggest("人工", "联系秘书处")
                .reply();
    }

    private Reply left(String openid) {
        memory.settle(openid);
        for (Bound bound : bindings.of(openid)) {
            events.publishEvent(Tell.of(
                            "teacher",
                            bound.memberId(),
                            "unfollowed",
                            bound.memberName() + "的" + bound.role().word() + "取消关注了公众号，之后的通知送不到，请改用电话联系")
                    .urgency(Tell.Urgency.DIGEST));
        }
        return Reply.SILENCE;
    }

    private static Reply stranger() {
        return Screen.of("单位信息只对其联络人开放。", "如果你是会员单位联络人，请向班主任索取绑定二维码；想入会回复「入会」。")
                .suggest("入会", "了解入会")
                .suggest("绑定", "怎么绑定")
                .suggest("人工", "联系秘书处")
                .reply();
    }

    private Reply howToBind(List<Bound> bound, @Nullable Bound about) {
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

    private Reply unbind(String openid, List<Bound> bound, @Nullable Bound about) {
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

    private Reply unbound(String openid, long member, List<Bound> bound) {
        Bound tie =
                bound.stream().filter(b -> b.memberId() == member).findFirst().orElse(null);
        if (tie == null) {
            return Screen.of("这项绑定已经不在了。").suggest("帮助", "看能办什么").reply();
        }
        bindings.unbind(openid, member);
        events.publishEvent(Tell.of(
                "teacher",
                member,
                "unbound",
                tie.memberName() + "的" + tie.role().word() + "解除了微信绑定，请确认新的联络人并发二维码"));
        Screen screen = Screen.of("已解除与「" + tie.memberName() + "」的绑定。班主任会知道，并联系单位确认新的联络人。");
        List<Bound> rest = bindings.of(openid);
        if (!rest.isEmpty()) {
            screen.line("你还绑定着：" + names(rest) + "。").suggest("状态", "看现在的情况");
        }
        return screen.suggest("帮助", "看能办什么").reply();
    }

    private Reply choose(String openid, List<Bound> bound, @Nullable Intent then) {
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

    private static Reply now(Bound member) {
        return Screen.of("好的，现在说的是「" + member.memberName() + "」。")
                .suggest("状态", "看现在的情况")
                .suggest("账单", "看账单")
                .suggest("班主任", "联系班主任")
                .reply();
    }

    private static String names(List<Bound> bound) {
        List<String> names = new ArrayList<>();
        bound.stream().limit(SHOWN).forEach(b -> names.add(b.memberName()));
        return String.join("、", names) + (bound.size() > SHOWN ? "等" + bound.size() + "家" : "");
    }

    private Reply help(@Nullable Bound about) {
        if (about == null) {
            return Screen.of("这里能答：入会、退会、升级、申诉、会费优惠、解释权、章程与办法以哪个为准、联系方式。", "会员单位联络人扫码绑定后，还能查状态、账单，缴费，看缴费记录，找班主任。")
                    .suggest("入会", "了解入会")
                    .suggest("绑定", "怎么绑定")
                    .suggest("人工", "联系秘书处")
                    .reply();
        }
        boolean fees = law().fees() != null;
        return Screen.of(
                        "「" + about.memberName() + "」可以这样问，打字或说话都行：",
                        fees ? "状态 · 为什么 · 账单 · 缴费 · 缴费记录 · 票据" : "状态 · 为什么",
                        "班主任 · 资料变更 · 登记材料 · 进度 · 表决 · 请假 · 升级 · 退会 · 申诉",
                        "切换单位 · 解绑 · 人工",
                        "听不懂的我会问清楚，或转给" + helper(about) + "。")
                .suggest("状态", "看现在的情况")
                .suggest(fees ? "账单" : "为什么", fees ? "看账单" : "看依据")
                .suggest("人工", "找人答复")
                .reply();
    }

    private Rulebook law() {
        return laws.of(Tenant.current(), clock.today());
    }
}
