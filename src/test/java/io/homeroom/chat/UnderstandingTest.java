package io.homeroom.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("听懂：同一件事的许多说法")
class UnderstandingTest {

    private static final Lexicon LEXICON = Lexicon.shipped();
    private static final Wording WORDING = new Wording(LEXICON);
    private static final Understanding UNDERSTANDING = new Understanding(LEXICON, WORDING);

    @ParameterizedTest(name = "{1} ← {0}")
    @DisplayName("词语、口语、全角、繁体、语音文字、错别字，都归到同一意图")
    @CsvSource(delimiter = '|', textBlock = """
        状态                              | STANDING
        状态。                            | STANDING
        　状　态　？                      | STANDING
        STANDING                          | STANDING
        我们现在什么情况                  | STANDING
        那个，我想问一下我们现在是什么情况啊 | STANDING
        嗯我们公司现在状态怎么样          | STANDING
        你好，请问我们还是不是会员？      | STANDING
        我們現在什麼情況                  | STANDING
        我們的會員狀態                    | STANDING
        壮态                              | STANDING
        我们单位资格还正常吗              | STANDING
        查一下我们的会籍                  | STANDING
        我们单位是什么级别的会员          | STANDING
        为什么                            | WHY
        为什么？？？                      | WHY
        為什麼                            | WHY
        这是怎么回事呢                    | WHY
        凭什么啊                          | WHY
        依据哪一条                        | WHY
        哪一条规定的呀                    | WHY
        账单                              | BILLS
        帐单                              | BILLS
        会费                              | BILLS
        ＢＩＬＬＳ                        | BILLS
        會費多少錢                        | BILLS
        请问今年会费是多少                | BILLS
        我们今年要交多少会费              | BILLS
        麻烦查一下我们还欠多少钱          | BILLS
        会费什么时候到期啊                | BILLS
        我们公司今年的会费到底应该是多少钱 | BILLS
        缴费                              | PAY
        缴费！                            | PAY
        缴费[微笑]                        | PAY
        我要缴费                          | PAY
        交会费                            | PAY
        缴會費                            | PAY
        繳費                              | PAY
        叫费                              | PAY
        教费                              | PAY
        怎么交会费                        | PAY
        请问会费怎么交呀                  | PAY
        我想现在就把今年的会费交了        | PAY
        给我一个付款链接                  | PAY
        微信支付                          | PAY
        续费                              | PAY
        对公转账                          | TRANSFER
        我们财务要对公打款，账号是多少    | TRANSFER
        开户行和账号发我                  | TRANSFER
        缴费记录                          | PAYMENTS
        叫费记录                          | PAYMENTS
        我们去年交了没有                  | PAYMENTS
        刚才付的钱到账了吗                | PAYMENTS
        会费到账了没有呀                  | PAYMENTS
        查一下以前的缴费记录              | PAYMENTS
        发票什么时候能开                  | RECEIPT
        能给我们开张收据吗                | RECEIPT
        班主任                            | TEACHER
        我的班主任是谁                    | TEACHER
        班住任                            | TEACHER
        搬主任                            | TEACHER
        班主仁是谁                        | TEACHER
        找一下我们班主任                  | TEACHER
        我们单位的对接人是哪位            | TEACHER
        帮助                              | HELP
        幫助                              | HELP
        你都能做什么                      | HELP
        你好                              | HELP
        人工                              | HUMAN
        转人工                            | HUMAN
        轉人工                            | HUMAN
        我要找人工客服                    | HUMAN
        有没有真人啊                      | HUMAN
        绑定                              | BIND
        帮定                              | BIND
        怎么绑定我们单位                  | BIND
        解绑                              | UNBIND
        我要解除绑定                      | UNBIND
        我离职了，以后不负责这个了        | UNBIND
        切换单位                          | SWITCH
        换一家单位看看                    | SWITCH
        我们的联络员换人了                | CHANGE
        公司改名了怎么办                  | CHANGE
        年审要交什么材料                  | DOCUMENTS
        入会                              | JOIN
        想加入你们协会                    | JOIN
        我们公司怎么才能成为会员          | JOIN
        退会                              | WITHDRAW
        我们想退会，怎么办手续            | WITHDRAW
        不想当会员了                      | WITHDRAW
        退会的话会费能退吗                | WITHDRAW
        升级                              | UPGRADE
        我们想升级成核心会员              | UPGRADE
        什么条件可以晋升                  | UPGRADE
        我们对这个决定有异议              | APPEAL
        不服，要申诉                      | APPEAL
        分会                              | BRANCH
        我们想加入分会                    | BRANCH
        怎么加入工作组                    | BRANCH
        协会有哪些专业委员会呀            | BRANCH
        我们想退出游戏分会                | BRANCH
        我们要参加你们的专委会            | BRANCH
        权益                              | RIGHTS
        我们有哪些会员权益                | RIGHTS
        参加培训怎么收费                  | RIGHTS
        小微企业参展有优惠吗              | RIGHTS
        会费能不能便宜点                  | DISCOUNT
        会费有优惠吗                      | DISCOUNT
        今年能减免会费吗                  | DISCOUNT
        这个办法由谁解释                  | INTERPRETATION
        章程和管理办法不一致以哪个为准    | PRECEDENCE
        秘书处电话是多少                  | CONTACT
        怎么联系你们                      | CONTACT
        我不会用                              | HELP
        不会弄这个                             | HELP
        hello                             | HELP
        你是谁                               | WHO
        你是机器人吗                            | WHO
        能开发票吗                             | RECEIPT
        税号发一下                             | RECEIPT
        上次付的钱到哪了                          | PAYMENTS
        上次交的钱没看到                          | PAYMENTS
        钱已经打过去了，怎么还没显示                    | PAYMENTS
        我们昨天已经转账了，查一下                     | PAYMENTS
        怎么加入                              | JOIN
        我要找人                              | HUMAN
        帮我转给领导                            | HUMAN
        你们这什么破系统，老打不开                     | HUMAN
        退钱                                | REFUND
        不小心付了两次                           | REFUND
        多付了怎么办                            | REFUND
        会费咋个交                             | PAY
        JIAOFEI                           | PAY
        今年要交好多钱嘞                          | BILLS
        我收到一个催缴短信是真的吗                     | BILLS
        能不能晚几天交                           | WHY
        不交会怎么样                            | WHY
        逾期不交有什么后果                         | WHY
        老板换人了                             | CHANGE
        我是新来的会计，找谁对接                      | TEACHER
        今年会费能少点吗                         | DISCOUNT
        你们地址在哪                            | CONTACT
        最近什么时候开会啊                         | EXCUSE
        退会能退钱吗                            | WITHDRAW
        ZhuangTai                         | STANDING
        谢谢啦                               | THANKS
        谢谢                              | THANKS
        好的，知道了                      | THANKS
        确认                              | CONFIRM
        算了，先不办了                    | CANCEL
        """)
    void itIsUnderstood(String said, Intent meant) {
        Understanding.Guess guess = UNDERSTANDING.of(said);
        assertThat(guess.likely()).as(said).isNotEmpty();
        assertThat(guess.first()).as(said).isEqualTo(meant);
        assertThat(guess.clear()).as("%s is taken for %s", said, guess.likely()).isTrue();
    }

    @ParameterizedTest(name = "{1} 和 {2} ← {0}")
    @DisplayName("一句话里问两件事：两件都听懂，先问的先答；要办的事、客套不和别的并在一起")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        我们欠多少钱，班主任是谁          | BILLS    | TEACHER
        班主任是谁？我们还欠多少钱        | TEACHER  | BILLS
        会费多少 怎么交                   | BILLS    | PAY
        状态、账单                        | STANDING | BILLS
        我们为什么被暂停，还有怎么申诉    | WHY      | APPEAL
        想入会，要交什么材料              | JOIN     | DOCUMENTS
        班主任您好，我们欠多少钱          | BILLS    | -
        你好，会费多少钱？谢谢            | BILLS    | -
        会费多少，多少钱啊                | BILLS    | -
        班主任是谁，转人工                | -        | -
        退会，能退钱吗                    | WITHDRAW | -
        """)
    void twoQuestionsInOneBreath(String said, @Nullable Intent first, @Nullable Intent second) {
        Understanding.Guess guess = UNDERSTANDING.of(said);
        if (first != null) {
            assertThat(guess.clear()).as("%s", guess).isTrue();
            assertThat(guess.first()).isEqualTo(first);
        }
        assertThat(guess.besides()).as("%s", guess).isEqualTo(second == null ? List.of() : List.of(second));
    }

    @ParameterizedTest
    @DisplayName("拿不准就不猜：给出可能的意思，不直接作答")
    @CsvSource({"那个表什么时候交来着", "协会的会费收入都花到哪里去了", "我们单位会议室能借吗", "票"})
    void itDoesNotPretend(String said) {
        assertThat(UNDERSTANDING.of(said).clear())
                .as(said + " " + UNDERSTANDING.of(said))
                .isFalse();
    }

    @ParameterizedTest
    @DisplayName("与协会事务无关的话，一个意图也不沾")
    @CsvSource({"今天天气不错", "哈哈哈哈", "asdfgh", "👍👍", "？？？"})
    void itKnowsWhenNothingFits(String said) {
        assertThat(UNDERSTANDING.of(said).likely()).as(said).isEmpty();
    }

    @Test
    @DisplayName("选择题可以回复 2、２、二、第二个")
    void numbersAreChosenInManyWays() {
        for (String said : List.of("2", "２", "二", "第二个", "选2", "2。", " 2 号吧", "两")) {
            assertThat(WORDING.choice(said)).as(said).hasValue(2);
        }
        for (String said : List.of("2026", "0", "状态", "二十", "")) {
            assertThat(WORDING.choice(said)).as(said).isEmpty();
        }
    }

    @Test
    @DisplayName("每个意图的每句例话、每个菜单键都只属于它自己")
    void everyExampleIsItsOwn() {
        LEXICON.entries().forEach((intent, entry) -> {
            entry.says()
                    .forEach(say ->
                            assertThat(UNDERSTANDING.of(say).first()).as(say).isEqualTo(intent));
            entry.keys()
                    .forEach(key ->
                            assertThat(UNDERSTANDING.of(key).first()).as(key).isEqualTo(intent));
            assertThat(UNDERSTANDING.of(entry.word()).first()).as(entry.word()).isEqualTo(intent);
        });
    }
}
