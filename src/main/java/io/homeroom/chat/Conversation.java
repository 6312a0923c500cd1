package io.homeroom.chat;

import io.homeroom.member.Bound;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The conversation with one person in an association's account. Whoever is bound to a member hears about that member;
 * everybody hears what the bylaws say; nobody else hears anything, not even whether a member exists.
 */
@Service
public class Conversation {

    private final Lexicon lexicon = Lexicon.shipped();
    private final Wording wording = new Wording(lexicon);
    private final Understanding understanding = new Understanding(lexicon, wording);

    private final Memory memory;
    private final Ties ties;
    private final CircularWords circulars;
    private final NeedWords needs;
    private final ChangeWords changes;
    private final BranchAnswers branches;
    private final OpenQuestions questions;
    private final Answering answering;
    private final Guidance guidance;

    Conversation(
            Memory memory,
            Ties ties,
            CircularWords circulars,
            NeedWords needs,
            ChangeWords changes,
            BranchAnswers branches,
            OpenQuestions questions,
            Answering answering,
            Guidance guidance) {
        this.memory = memory;
        this.ties = ties;
        this.circulars = circulars;
        this.needs = needs;
        this.changes = changes;
        this.branches = branches;
        this.questions = questions;
        this.answering = answering;
        this.guidance = guidance;
    }

    /**
     * Hears somebody and answers, within the current association and in one transaction with whatever the words set
     * off. Says nothing to somebody who has just left.
     *
     * @param number of what is heard, greater than those of what was heard before
     */
    @Transactional
    public Reply hear(Heard heard, long number) {
        String openid = heard.openid();
        return switch (heard.kind()) {
            case UNSUBSCRIBE -> ties.left(openid);
            case SUBSCRIBE -> heard.text().isBlank() ? ties.welcome(openid) : ties.scanned(openid, heard.text());
            case SCAN -> ties.scanned(openid, heard.text());
            case CLICK, TEXT, VOICE -> said(heard, number);
            case OTHER -> unread(heard, number);
        };
    }

    /** What cannot be read is kept by its kind, so that whoever takes over the dialogue knows of it; a question stays open. */
    private Reply unread(Heard heard, long number) {
        Long member = ties.of(heard.openid()).stream()
                .filter(Bound::current)
                .map(Bound::memberId)
                .findFirst()
                .orElse(null);
        memory.heard(number, heard.openid(), member, "（发来" + heard.text() + "）");
        Reply reply = Screen.of(
                        heard.text().equals("语音")
                                ? "没有听清。请再说一遍，或者直接打字。"
                                : "这里看不了" + heard.text() + "，只看得懂文字和语音。请用一句话说明要办的事；要交的材料，照片在办理它的页面上传。")
                .suggest("帮助", "看能办什么")
                .suggest("人工", "转给人")
                .reply();
        return memory.told(heard.openid(), member, reply);
    }

    private Reply said(Heard heard, long number) {
        String openid = heard.openid();
        List<Bound> bound = ties.of(openid);
        Bound about = bound.stream().filter(Bound::current).findFirst().orElse(null);
        Turn turn = new Turn(
                openid,
                heard.text(),
                wording.letters(heard.text()),
                wording.choice(heard.text()),
                understanding.of(heard.text()),
                bound,
                about);
        memory.heard(number, openid, turn.member(), kept(heard.kind(), turn));
        Reply reply = answer(turn, number);
        return reply.equals(Reply.SILENCE) ? reply : memory.told(openid, turn.member(), reply);
    }

    /** The reply to what was heard under a number, where it was {@link Reply#kept} and is not forgotten yet. */
    @Transactional(readOnly = true)
    public Optional<Reply> again(long number) {
        return memory.reply(number);
    }

    /** What is kept of what was said: of a menu button its word, of a vote nothing. */
    private String kept(Heard.Kind kind, Turn turn) {
        if (voting(turn)) {
            return BallotAnswers.UNSAID;
        }
        Intent clear = turn.clear();
        return kind == Heard.Kind.CLICK && clear != null ? lexicon.of(clear).word() : turn.text();
    }

    /** Whether the words may tell how somebody votes. */
    private boolean voting(Turn turn) {
        boolean tells = BallotAnswers.tells(turn.letters());
        if (!tells && turn.number().isEmpty()) {
            return false;
        }
        if (memory.open(turn.openid(), Long.MAX_VALUE).orElse(null) instanceof Question.CastBallot) {
            return true;
        }
        return tells && turn.clear() == Intent.BALLOT;
    }

    private Reply answer(Turn turn, long line) {
        Optional<Reply> told = circulars
                .hear(turn.text(), turn.bound())
                .or(() -> needs.hear(turn.text(), turn.about()))
                .or(() -> changes.hear(turn.openid(), turn.text(), turn.about()))
                .or(() -> branches.hear(turn.openid(), turn.letters(), turn.about()));
        if (told.isPresent()) {
            return told.get();
        }
        Intent clear = turn.clear();
        if (clear == null || mayAnswer(clear, turn)) {
            Optional<Question> question = memory.open(turn.openid(), line);
            if (question.isPresent()) {
                Optional<Reply> answered = questions.answered(question.get(), turn);
                if (answered.isPresent()) {
                    return answered.get();
                }
                memory.settle(turn.openid());
            }
        }
        return clear == null ? guidance.unsure(turn) : answering.act(clear, turn);
    }

    /**
     * Whether clear words may still answer what was asked before. Others are a matter of their own: an open question need
     * not be looked for.
     */
    private static boolean mayAnswer(Intent clear, Turn turn) {
        return turn.bound().size() > 1
                || !(MemberAnswers.answers(clear) || LawAnswers.answers(clear))
                || clear == Intent.EXCUSE
                || turn.number().isPresent()
                || turn.saysYes();
    }
}
