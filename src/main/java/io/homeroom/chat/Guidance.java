package io.homeroom.chat;

import io.homeroom.casework.Enrolments;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Bound;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Helps on where it is not clear what is meant: what can be asked, what comes near, and whom to turn to. */
@Component
class Guidance {

    private static final String OTHER = "其他";

    private final Lexicon lexicon = Lexicon.shipped();

    private final Memory memory;
    private final Bylaws bylaws;
    private final Classes classes;
    private final Lawbook laws;
    private final BusinessClock clock;

    Guidance(Memory memory, Bylaws bylaws, Classes classes, Lawbook laws, BusinessClock clock) {
        this.memory = memory;
        this.bylaws = bylaws;
        this.classes = classes;
        this.laws = laws;
        this.clock = clock;
    }

    Reply help(@Nullable Bound about) {
        if (about == null) {
            return Screen.of("这里能答：入会、退会、升级、申诉、会费优惠、解释权、章程与办法以哪个为准、联系方式。", "会员单位联络人扫码绑定后，还能查状态、账单，缴费，看缴费记录，找班主任。")
                    .suggest("入会", "了解入会")
                    .suggest("绑定", "怎么绑定")
                    .suggest("人工", "联系秘书处")
                    .reply();
        }
        Rulebook law = law();
        boolean fees = law.fees() != null;
        String up = law.upgrade() == null ? "" : " · 升级";
        String branches = Enrolments.has(law) ? " · 分会" : "";
        String appeal = law.cases().containsKey("appeal") ? " · 申诉" : "";
        boolean belongs = about.member().belongs();
        return Screen.of(
                        "「" + about.memberName() + "」可以这样问，打字或说话都行：",
                        fees ? "状态 · 为什么 · 账单 · 缴费 · 缴费记录 · 票据" : "状态 · 为什么",
                        belongs
                                ? "班主任 · 权益" + branches + " · 资料变更 · 登记材料 · 进度 · 表决 · 请假" + up + " · 退会" + appeal
                                : "入会 · 进度 · 资料变更 · 登记材料 · 联系方式" + appeal,
                        "切换单位 · 解绑 · 人工",
                        "听不懂的我会问清楚，或转给" + helper(about) + "。")
                .suggest("状态", "看现在的情况")
                .suggest(fees ? "账单" : "为什么", fees ? "看账单" : "看依据")
                .suggest("人工", "找人答复")
                .reply();
    }

    /** Who speaks here, and who stands behind it. */
    Reply who(@Nullable Bound about) {
        return Screen.of(
                        "我是" + law().name() + "的会员服务助手，自动答复。",
                        "答会籍" + (law().fees() == null ? "" : "、会费") + "、办事这些，依据写在每句后面；答不上来的不猜，转给" + helper(about) + "。")
                .suggest("帮助", "看能办什么")
                .suggest("人工", "找" + helper(about))
                .reply();
    }

    /** The bylaws' own words, the likeliest things that were meant, or a person. */
    Reply unsure(Turn turn) {
        List<Bound> bound = turn.bound();
        Bound about = turn.about();
        if (turn.letters().isEmpty()) {
            return Screen.of("收到。有事直接说就行，打字、语音都可以。")
                    .suggest("帮助", "看能办什么")
                    .suggest("人工", "转给" + helper(about))
                    .reply();
        }
        Understanding.Guess guess = turn.guess();
        List<ClauseSearch.Passage> passages = bylaws.find(turn.text());
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
            return bound.isEmpty() && !guess.likely().isEmpty() ? Ties.stranger() : offerHuman(turn.openid(), about);
        }
        memory.ask(turn.openid(), new Question.ChooseIntent(likely));
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

    Reply offerHuman(String openid, @Nullable Bound about) {
        memory.ask(openid, new Question.OfferHuman());
        String helper = helper(about);
        return Screen.of("这个问题我还答不上来，不想猜错。", "要转给" + helper + "吗？回复「1」就转，这段对话会一起带过去。")
                .suggest("人工", "转给" + helper)
                .suggest("帮助", "看能办什么")
                .reply();
    }

    private String helper(@Nullable Bound about) {
        return about == null
                ? "秘书处"
                : classes.teacherOf(about.member()).map(MemberAnswers::polite).orElse("秘书处");
    }

    private Rulebook law() {
        return laws.of(Tenant.current(), clock.today());
    }
}
