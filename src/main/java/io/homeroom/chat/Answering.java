package io.homeroom.chat;

import io.homeroom.ground.Tenant;
import io.homeroom.member.Bound;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gives each thing that can be meant to whoever answers it: about the member, about the bylaws, about who is who. */
@Component
class Answering {

    private static final List<Suggestion> FOR_STRANGERS =
            List.of(new Suggestion("入会", "了解入会"), new Suggestion("绑定", "绑定单位"), new Suggestion("人工", "联系秘书处"));

    private final Lexicon lexicon = Lexicon.shipped();

    private final MemberAnswers memberAnswers;
    private final DayAnswers dayAnswers;
    private final BallotAnswers ballotAnswers;
    private final ExcuseAnswers excuseAnswers;
    private final DataAnswers dataAnswers;
    private final CaseAnswers caseAnswers;
    private final RightsAnswers rightsAnswers;
    private final BranchAnswers branchAnswers;
    private final RefundAnswers refundAnswers;
    private final Answers answers;
    private final Handover handover;
    private final Ties ties;
    private final Guidance guidance;
    private final Lawbook laws;
    private final BusinessClock clock;

    Answering(
            MemberAnswers memberAnswers,
            DayAnswers dayAnswers,
            BallotAnswers ballotAnswers,
            ExcuseAnswers excuseAnswers,
            DataAnswers dataAnswers,
            CaseAnswers caseAnswers,
            RightsAnswers rightsAnswers,
            BranchAnswers branchAnswers,
            RefundAnswers refundAnswers,
            Answers answers,
            Handover handover,
            Ties ties,
            Guidance guidance,
            Lawbook laws,
            BusinessClock clock) {
        this.memberAnswers = memberAnswers;
        this.dayAnswers = dayAnswers;
        this.ballotAnswers = ballotAnswers;
        this.excuseAnswers = excuseAnswers;
        this.dataAnswers = dataAnswers;
        this.caseAnswers = caseAnswers;
        this.rightsAnswers = rightsAnswers;
        this.branchAnswers = branchAnswers;
        this.refundAnswers = refundAnswers;
        this.answers = answers;
        this.handover = handover;
        this.ties = ties;
        this.guidance = guidance;
        this.laws = laws;
        this.clock = clock;
    }

    /** Answers what was meant, and what was asked in the same breath. */
    Reply act(Intent intent, Turn turn) {
        Reply reply = one(intent, turn);
        boolean open = turn.about() == null && !turn.bound().isEmpty();
        List<Intent> besides = turn.besides(intent);
        return open || besides.isEmpty() ? reply : together(reply, intent, besides, turn);
    }

    /** As many whole answers as one screen holds; what is left is offered by its word, first of all that can be done. */
    private Reply together(Reply first, Intent intent, List<Intent> besides, Turn turn) {
        Set<String> lines = new LinkedHashSet<>(first.text().lines().toList());
        List<Suggestion> suggestions = new ArrayList<>();
        List<Suggestion> next = new ArrayList<>(first.suggestions());
        Set<String> answered = new HashSet<>(Set.of(lexicon.of(intent).word()));
        for (Intent also : besides) {
            Lexicon.Entry entry = lexicon.of(also);
            Set<String> more = new LinkedHashSet<>(lines);
            if (lines.size() < Screen.LINES) {
                Reply reply = one(also, turn);
                more.addAll(reply.text().lines().toList());
                if (more.size() <= Screen.LINES) {
                    lines = more;
                    next.addAll(reply.suggestions());
                    answered.add(entry.word());
                    continue;
                }
            }
            suggestions.add(new Suggestion(entry.word(), "答你还问的"));
        }
        Screen screen = Screen.of(lines.toArray(String[]::new));
        suggestions.addAll(next);
        suggestions.stream()
                .filter(suggestion -> !answered.contains(suggestion.word()))
                .forEach(suggestion -> screen.suggest(suggestion.word(), suggestion.label()));
        return screen.reply();
    }

    private Reply one(Intent intent, Turn turn) {
        String openid = turn.openid();
        List<Bound> bound = turn.bound();
        Bound about = turn.about();
        if (MemberAnswers.answers(intent)) {
            return ofMember(intent, turn);
        }
        if (LawAnswers.answers(intent)) {
            return ofLaw(intent, about);
        }
        return switch (intent) {
            case HUMAN -> handover.over(openid, about);
            case PROGRESS -> progress(turn);
            case WHO -> guidance.who(about);
            case BIND -> Ties.howToBind(bound, about);
            case UNBIND -> ties.unbind(openid, bound, about);
            case SWITCH -> ties.choose(openid, bound, null);
            case THANKS -> Screen.of("不客气，有事随时说。").suggest("帮助", "看能办什么").reply();
            case CONFIRM, CANCEL ->
                Screen.of("现在没有等你确认的事。").suggest("帮助", "看能办什么").reply();
            default -> guidance.help(about);
        };
    }

    private Reply ofMember(Intent intent, Turn turn) {
        String openid = turn.openid();
        Bound about = turn.about();
        if (turn.bound().isEmpty()) {
            Rulebook law = law();
            boolean money = intent == Intent.BILLS || intent == Intent.PAY || intent == Intent.TRANSFER;
            return money && law.fees() == null ? LawAnswers.noFee(law) : Ties.stranger();
        }
        if (about == null) {
            return ties.choose(openid, turn.bound(), intent);
        }
        if (intent == Intent.UNCHANGED) {
            return dataAnswers.unchanged(about.memberId());
        }
        if (intent == Intent.EXCUSE) {
            return excuseAnswers.list(openid, about.memberId(), turn.text());
        }
        if (intent == Intent.RIGHTS) {
            return rightsAnswers.answer(about.member());
        }
        if (intent == Intent.BRANCH) {
            return branchAnswers.answer(openid, about.memberId(), turn.letters());
        }
        if (intent == Intent.REFUND) {
            return refundAnswers.answer(about.member());
        }
        if (intent == Intent.WHY) {
            return dayAnswers
                    .why(about.member(), turn.text())
                    .orElseGet(() -> memberAnswers.answer(intent, about.member()));
        }
        return intent == Intent.BALLOT
                ? ballotAnswers.list(openid, about.memberId())
                : memberAnswers.answer(intent, about.member());
    }

    private Reply progress(Turn turn) {
        if (turn.about() == null && turn.bound().size() > 1) {
            return ties.choose(turn.openid(), turn.bound(), Intent.PROGRESS);
        }
        return caseAnswers.progress(turn.openid(), turn.member()).orElseGet(Ties::stranger);
    }

    private Reply ofLaw(Intent intent, @Nullable Bound about) {
        Rulebook law = law();
        Member member = about == null ? null : about.member();
        if (intent == Intent.DISCOUNT && law.fees() != null && member == null) {
            return Ties.stranger();
        }
        Optional<Reply> instead = caseAnswers.instead(intent, member);
        if (instead.isPresent()) {
            return instead.get();
        }
        String standard = LawAnswers.standard(intent);
        Rulebook.Answer answer = standard == null ? null : law.answers().get(standard);
        if (member != null && standard != null && answer != null) {
            answers.tellOthers(member, standard, answer);
        }
        Reply reply = LawAnswers.answer(intent, law, member, caseAnswers.way(intent, member));
        return member == null ? new Reply(reply.text(), FOR_STRANGERS) : reply;
    }

    private Rulebook law() {
        return laws.of(Tenant.current(), clock.today());
    }
}
