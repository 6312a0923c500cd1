package io.homeroom.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("规则书里名称、数目和走法的错处，一处一处都找得出来")
class SoundnessTest {

    @ParameterizedTest(name = "{0}：把“{1}”写成“{2}”")
    @DisplayName("没有这个名称：机构、部门、等级、职务、收件人、事由、读法、去向……")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        dsia  | {name: 会员代表, by: 秘书处, | {name: 会员代表, by: 秘书, | 没有“秘书”这个机构或部门
        dsia  | from: 监事, by: 监事会 | from: 监视, by: 监事会 | 没有“监视”这个职务
        dsia  | 会长工作会议: {posts: [副会长], | 会长工作会议: {posts: [副会], | 没有“副会”这个职务
        dsia  | vote: {posts: [理事], | vote: {posts: [理士], | 没有“理士”这个职务
        dsia  | track: [秘书处] | track: [秘书] | 没有“秘书”这个机构或部门
        dsia  | office-holder: [理事会] | office-holder: [理事] | 没有“理事”这个机构或部门
        dsia  | head-tell: 秘书处 | head-tell: 秘书 | 没有“秘书”这个收件人
        dsia  | also-in-recess: 常务理事会 | also-in-recess: 常务会 | 没有“常务会”这个机构或部门
        dsia  | absent-from: 会员代表大会 | absent-from: 代表大会 | 没有“代表大会”这个机构
        dsia  | falls-to: 会员代表 | falls-to: 代表 | 没有“代表”这个职务
        dsia  | warn-tell: [秘书处] | warn-tell: [秘书] | 没有“秘书”这个收件人
        dsia  | body: 理事会, posts: [理事], limit | body: 理事会, posts: [理士], limit | 没有“理士”这个职务
        dsia  | 继任人选介绍, cite: DSIA-8} | 继任人选介绍, cite: IGRS-8} | 条款“IGRS-8”不属于本协会
        bacca | {name: 个人会员, kind: individual | {name: 个人会员, kind: person | 没有“person”这个会员种类
        bacca | individual: {accepted: true | person: {accepted: true | 没有“person”这个会员种类
        bacca | {on: region-not, kind: individual | {on: region-not, kind: human | 没有“human”这个会员种类
        bacca | branch: {track: [now], tell: [会员部] | branch: {track: [now], tell: [会员] | 没有“会员”这个收件人
        bacca | 由分支规定, tell: [会员部] | 由分支规定, tell: [会部] | 没有“会部”这个收件人
        bacca | term: {body: 理事会 | term: {body: 理会 | 没有“理会”这个机构
        bacca | from: 理事单位, must | from: 理事, must | 没有“理事”这个等级
        bacca | standard-by: {body: 会员大会 | standard-by: {body: 大会 | 没有“大会”这个机构或部门
        bacca | receipt: {what: receipt, to: 秘书处 | receipt: {what: receipt, to: 秘书 | 没有“秘书”这个部门、机构或 teacher
        bacca | reminder-to: [representative] | reminder-to: [representatives] | 没有“representatives”这个收件人
        bacca | only-after: [suspended] | only-after: [rested] | 没有“rested”这个终止方式
        bacca | initial: {within | first: {within | 没有“first”这个登记种类
        bacca | renewal: {reading: review-period | renewal: {reading: review-time | 没有“review-time”这个读法
        bacca | term-body: 理事会 | term-body: 理会 | 没有“理会”这个机构
        bacca | reading: price-training | reading: price-course | 没有“price-course”这个读法
        bacca | sizes: [小型, 微型] | sizes: [小型, 微小] | 没有“微小”这个规模
        bacca | right: nominate, cite: BACCA-11-d} | right: nominating, cite: BACCA-11-d} | 没有“nominating”这个权利（rights）
        aii   | matter: AII-22-8, body: 理事会 | matter: AII-22-8, body: 理会 | 没有“理会”这个机构或部门
        aii   | 项目: {matter: AII-22-10, | 项目: {matter: AII-22-0, | resolution 里没有“AII-22-0”，项目永远立不起来
        aii   | right: project, | right: projects, | 没有“projects”这个权利（rights）
        bacca | only-in-recess: 理事会, provisional | only-in-recess: 理会, provisional | 没有“理会”这个机构或部门
        whjx  | assigns: 会籍管理部 | assigns: 会籍部 | 没有“会籍部”这个收件人
        aii   | {on: organ, tell: 秘书处 | {on: organ, tell: 秘书 | 没有“秘书”这个收件人
        aii   | {body: 理事会, at-least: 1 | {body: 理会, at-least: 1 | 没有“理会”这个机构
        aii   | warn: [1, 2], stand-in | warn: [1, 2], falls-to: 普通, stand-in | 没有“普通”这个等级
        aii   | warn: [1, 2], stand-in | warn: [1, 2], falls-to: 理事单位, stand-in | “理事单位”不低于这条规则说的等级
        aii   | {from: [普通会员单位], to: 理事单位, cite | {from: [普通会员单位], to: 理事单位, stages: [{at: 常务会, cite: AII-13-a}], cite | 没有“常务会”这个机构或部门
        dsia  | offices: [理事, 监事] | offices: [理事, 监视] | 没有“监视”这个职务
        dsia  | offices: [理事, 监事] | offices-not: [监视] | 没有“监视”这个职务
        dsia  | 监事会, max: 1, cite | 监事会, max: 1, counted: {base: all, share: {numerator: 1, denominator: 2}, cite: DSIA-4-8}, cite | 没有“all”这个计票基数
        aii   | at-least: 1, tell: 秘书处 | at-least: 1, tell: 秘书 | 没有“秘书”这个收件人
        aii   | grades: [副理事长单位, 理事长单位]}¶liaison | grades: [副理事长单位, 理事长]}¶liaison | 没有“理事长”这个等级
        aii   | {at: 理事会, recess: 常务理事会, counted: *council, failed: reject, cite: [AII-16 | {at: 理事会, recess: 常务会, counted: *council, failed: reject, cite: [AII-16 | 没有“常务会”这个机构或部门
        aii   | {at: 秘书处, cite: AII-11-2} | {at: 秘书处, refers: 理会, cite: AII-11-2} | 没有“理会”这个机构或部门
        aii   | AII-25-b: [{at | WHJX-25-b: [{at | 条款“WHJX-25-b”不属于本协会
        aii   | never: {理事长单位: [AII-13-c, | never: {理事长单位: [IGRS-13-c, | 条款“IGRS-13-c”不属于本协会
        aii   | never: {理事长单位: | never: {理事长: | 没有“理事长”这个等级
        aii   | {from: [普通会员单位], to: 理事单位, cite | {from: [普通会员单位], to: 理事, cite | 没有“理事”这个等级
        aii   | {from: [普通会员单位], to: 理事单位, cite | {from: [普通会员], to: 理事单位, cite | 没有“普通会员”这个等级
        aii   | extra: {grade: 副理事长单位 | extra: {grade: 副理事长 | 没有“副理事长”这个等级
        aii   | nominated-by: [副理事长单位] | nominated-by: [副理事长] | 没有“副理事长”这个等级
        aii   | matter: AII-25-b | matter: BACCA-25-b | 条款“BACCA-25-b”不属于本协会
        aii   | tie: tie-passes | tie: tie-pass | 没有“tie-pass”这个读法
        aii   | {body: 理事会, grades: [理事单位 | {body: 理会, grades: [理事单位 | 没有“理会”这个机构
        aii   | {body: 理事会, grades: [理事单位 | {body: 理事会, grades: [理事 | 没有“理事”这个等级
        aii   | stand-in: any | stand-in: some | 没有“some”这个代会规则
        aii   | stand-in: any, tell: [秘书处] | stand-in: any, tell: [秘书] | 没有“秘书”这个收件人
        aii   | permit-withdrawn: | permit-lost: | 没有“permit-lost”这个报告事项
        igrs  | after: [withdrawn] | after: [left] | 没有“left”这个终止方式
        igrs  | vote: {grades: [核心会员] | vote: {grades: [核心] | 没有“核心”这个等级
        igrs  | refused: {推广会员: IGRS-6, | refused: {推广: IGRS-6, | 没有“推广”这个等级
        igrs  | refused: {推广会员: IGRS-6, | refused: {推广会员: WHJX-6, | 条款“WHJX-6”不属于本协会
        igrs  | 核心会员: 60000}} | 核心: 60000}} | 没有“核心”这个等级
        igrs  | openers: {grades: [核心会员], offices: [秘书处], | openers: {grades: [核心], offices: [秘书处], | 没有“核心”这个等级
        igrs  | openers: {grades: [核心会员], offices: [秘书处], | openers: {grades: [核心会员], offices: [秘书], | 没有“秘书”这个机构或部门
        igrs  | read: {协会组长: 理事长} | read: {协会组长: 会员大会} | 没有“会员大会”这个可提出的机构或部门
        igrs  | unless: {IGRS-26-2: withdrawal} | unless: {IGRS-26-9: withdrawal} | 没有“IGRS-26-9”这个事由
        igrs  | unless: {IGRS-26-2: withdrawal} | unless: {IGRS-26-2: leaving} | 没有“leaving”这个案件
        igrs  | asks: {IGRS-26-3: | asks: {IGRS-26-8: | 没有“IGRS-26-8”这个事由
        igrs  | lapses: {paid: bill} | lapses: {paid: some} | 没有“some”这个付清的范围
        igrs  | counted: {base: present, | counted: {base: presents, | 没有“presents”这个计票基数
        igrs  | exceptional: {base: present, | exceptional: {base: presents, | 没有“presents”这个计票基数
        igrs  | exact: 秘书处, cite: [IGRS-18-e | exact: 秘书, cite: [IGRS-18-e | 没有“秘书”这个收件人
        igrs  | failed: reject | failed: refuse | 没有“refuse”这个去向
        igrs  | conditions: core, | conditions: cores, | 没有“cores”这个条件清单
        igrs  | grade: 核心会员, cite: IGRS-20-X | grade: 核心, cite: IGRS-20-X | 没有“核心”这个等级
        igrs  | {tenure: 1 year, grades: [普通会员, | {tenure: 1 year, grades: [普通, | 没有“普通”这个等级
        igrs  | {absences: 0, meetings: [工作会议, | {absences: 0, meetings: [工作会, | 没有“工作会”这个机构
        igrs  | - meetings: [工作会议, 技术会议] | - meetings: [工作会, 技术会议] | 没有“工作会”这个机构
        igrs  | alert-at: 3 | grades: [核心]¶    alert-at: 3 | 没有“核心”这个等级
        igrs  | 集中会议: {stand-in: none | 集中会议: {stand-in: any | 没有“any”这个代会规则
        igrs  | where: 网站, due: 1 week, cite: IGRS-18-j | where: 网络, due: 1 week, cite: IGRS-18-j | 没有“网络”这个公告位置
        igrs  | {open: expulsion, at: 秘书处} | {open: expulsion, at: 会员大会} | 没有“会员大会”这个步骤
        igrs  | {from: [观察会员], to: 推广会员, conditions | {from: [观察], to: 推广会员, conditions | 没有“观察”这个等级
        igrs  | cite: [IGRS-24-a, IGRS-24-b]} | cite: [DSIA-24-a, IGRS-24-b]} | 条款“DSIA-24-a”不属于本协会
        igrs  | approved:¶      - {effect: bill, cite: IGRS-18-i} | approved:¶      - {effect: bill, cite: DSIA-18-i} | 条款“DSIA-18-i”不属于本协会
        """)
    void aNameThatNothingBearsIsFound(String code, String sound, String spoilt, String fault) throws IOException {
        assertFound(code, sound, spoilt, fault);
    }

    @ParameterizedTest(name = "{0}：把“{1}”写成“{2}”")
    @DisplayName("写重了、写反了、写漏了、写得没有意义")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        demo  | code: demo | code: d | 协会代码应是 2 至 12 个小写字母或数字
        demo  | entry: true, cite: DEMO-3 | cite: DEMO-3 | 没有一个等级可供新会员加入
        demo  | - {name: 普通会员, entry: true, cite: DEMO-3}¶  - {name: 核心会员, cite: DEMO-4} | [] | 至少要有一个会员等级
        demo  | cite: DEMO-4 | cite: DEMO-四 | 不像条款编号
        demo  | answer-days: {value: 30 | answer-days: {value: 0 | 应是 1 到 999 的天数
        demo  | answer-days: {value: 30 | answer-days: {value: 1000 | 应是 1 到 999 的天数
        demo  | offices: [秘书处] | offices: [秘书处]¶clauses: [DEMO-3, DEMO-3] | “DEMO-3”出现了两次
        demo  | {from: 2024-01-01, amounts: {普通会员: 1000, 核心会员: 2000.50}} | {from: 2024-01-01, amounts: {普通会员: 1, 核心会员: 2}}¶    - {from: 2024-01-01, amounts: {普通会员: 1, 核心会员: 2}} | 同一天（2024-01-01）起有两个会费标准
        demo  | - {from: 2024-01-01, amounts: {普通会员: 1000, 核心会员: 2000.50}} | [] | 没有会费标准
        dsia  | {name: 监事, line | {name: 理事, line | “理事”出现了两次
        bacca | {of: training, | {of: event, | “event”的价格写了两次
        dsia  | min: 300, max: 400 | min: 401, max: 400 | 最少 401 名多于最多 400 名
        dsia  | {name: 监事长, line: 监事, from: 监事 | {name: 监事长, line: 监事, from: 监事长 | 永远选不出来
        dsia  | fee-due: {value: 03-31 | fees-due: {value: 03-31 | 没有最后交费日
        dsia  | limit: 2, warn: [1], warn-tell: [秘书处], falls-to: 会员代表 | falls-to: 会员代表 | 没有写 limit
        dsia  | limit: 2, warn: [1], warn-tell: [秘书处], falls-to: 会员代表 | warn: [1] | 没有写 limit
        dsia  | when: {unpaid: {beyond: 1 year}, inactive: {span: 1 year}, absent-from | when: {inactive: {span: 1 year}, absent-from | 缺席要与欠费（unpaid）一起写
        dsia  | {fee-year: true, absent-from: 会员代表大会} | {fee-year: true} | 要写明这一年里没有做什么
        dsia  | {fee-year: true, inactive | {fee-year: true, unpaid: {beyond: 1 year}, inactive | 不必再写 fee-year
        dsia  | {body: 会员代表大会, posts: [监事] | {body: 监事会, posts: [监事] | “监事”缺席“监事会”已有一条规则
        bacca | offices: [秘书处, 会员部 | offices: [秘书处, 秘书处, 会员部 | “秘书处”出现了两次
        bacca | offices: [秘书处, | offices: [理事会, 秘书处, | “理事会”既是机构又是部门
        bacca | {name: 严重警告, | {name: 警告, | “警告”出现了两次
        bacca | id: registration-missed | id: unregistered | “unregistered”出现了两次
        bacca | number: {cite: [BACCA-14-b, BACCA-13-a]} | no-fee: BACCA-14-b | 既写了会费，又写了没有会费
        bacca | reminders: [-30, -7, | reminders: [-30, -30, -7, | 同一天提醒两次
        bacca | revenue-below: 1000000, cite: BACCA-15-b | revenue-below: 1000000 | 没有写明依据的条款
        bacca | headcount-below: 10, | headcount-below: 0, | “headcount-below”应是不小于 1 的整数
        bacca | revenue-below: 10000000 | revenue-below: 1000000 | 的界限应都高于先判断的
        bacca | {at: 秘书长, cite: BACCA-19-a} | {at: 秘书长, failed: reject, cite: BACCA-19-a} | 不计票的步骤没有“未通过”
        bacca | - {at: 理事会, cite: BACCA-37-0} | - {at: 理事会, provisional: BACCA-43, cite: BACCA-37-0} | 先行生效须由后一步追认，但这是最后一步
        bacca | stages: [{at: 会员大会, cite: BACCA-42-b}] | stages: [] | 案件“removal”没有人决定（stages），也不即时生效（now）
        bacca | stages: [{at: 会员部, reasoned: [BACCA-22-b, BACCA-22-c], cite: [BACCA-22-a, BACCA-22-b, BACCA-22-c]}] | stages: [] | 有期限而没有人办理
        bacca | when: {inactive: {span: 1 year}} | when: {} | 没有写明等待什么
        bacca | {unpaid: {beyond: 1 year, from: 06-30}} | {unpaid: {beyond: 10 workdays, from: 06-30}} | 这里不能用工作日计算
        bacca | {inactive: {span: 1 year}} | {inactive: {span: 200 workdays}} | 这里不能用工作日计算
        bacca | when: {suspended: 5 years} | when: {suspended: 900 workdays} | 这里不能用工作日计算
        bacca | when: {unregistered: 1 year} | when: {unregistered: 200 workdays} | 这里不能用工作日计算
        bacca | before: [30, 7, 1] | before: [30, 7, 0] | 提前的天数应是正数
        bacca | after: overdue | after: inactive-a-year | “inactive-a-year”写在后面
        bacca | when: {suspended: 5 years} | when: {suspended: 4 years} | 条款“BACCA-39-b”在这里作4年，在前面作5年
        bacca | when: {unregistered: 1 year}¶ | when: {unregistered: 2 years}¶ | 条款“BACCA-21-a”在这里作2年，在前面作1年
        bacca | {open: suspension} | {open: suspension, effect: forfeit} | 恰好写一个
        bacca | {open: suspension} | {cite: BACCA-38} | 恰好写一个
        bacca | {effect: forfeit} | {effect: forfeit, at: 秘书处} | 只有 open 才有 at
        bacca | {tell: [branch], cite: BACCA-34, says: "{会员}{年度}年度会费{金额}尚未到账，请分支机构提醒"} | {tell: [branch], cite: BACCA-34} | 通知没有写内容
        bacca | alert: 1 day, alert-cite: BACCA-40-b | alert: 1 day | 拖延提醒（alert）用于没有期限的待办
        bacca | alert: 1 day, alert-cite: BACCA-40-b | due: 1 day, alert: 1 day, alert-cite: BACCA-40-b | 拖延提醒（alert）用于没有期限的待办
        bacca | effect: remove¶    done:¶      - {task: {what: announcement, to: 秘书处, where: 网站, cite: BACCA-42-b}} | due: 1 day | 案件“removal”批准以后什么也不发生
        bacca | sanction:¶    cite | nomination:¶    cite | 没有 cases 里的 sanction，这些规则走不到
        whjx  | - {tell: [会籍管理部], says: "{会员}还没有班主任，请协商指派"} | [] | 条件成立后什么也不发生
        aii   | no-fee: AII-FEE | number: {cite: AII-FEE} | 没有会费的，请在 no-fee 写明依据的条款
        aii   | no-fee: AII-FEE | no-fee: AII-FEE¶watch: [{id: x, cite: AII-9, when: {unpaid: {beyond: 0 days}}, then: [{tell: 秘书处, says: 欠费}]}] | 没有会费，就没有欠费
        aii   | no-fee: AII-FEE | no-fee: AII-FEE¶benefits: {passes: AII-9} | 写了参会证件，但每个等级都是 0 张
        aii   | tie-passes: {value: "true" | tie-passes: {value: "yes" | 应是 true 或 false
        aii   | remote-silence-counts: {value: "false" | remote-silence-counts: {value: "no" | 应是 true 或 false
        aii   | remote-ballot: {value: "false" | remote-ballot: {value: "0" | 应是 true 或 false
        aii   | anniversary-counts: {value: "false" | anniversary-counts: {value: "FALSE" | 应是 true 或 false
        aii   | at-least: 1, tell | at-least: 0, tell | “at-least”应是不小于 1 的整数
        aii   | numerator: 2, denominator: 3, inclusive: true}, quorum-cite: AII-19-a | numerator: 4, denominator: 3, inclusive: true}, quorum-cite: AII-19-a | 比例 4/3 无法达到或没有意义
        aii   | numerator: 2, denominator: 3, inclusive: true}, quorum-cite: AII-19-a | numerator: 3, denominator: 3}, quorum-cite: AII-19-a | 比例 3/3 无法达到或没有意义
        aii   | numerator: 2, denominator: 3, inclusive: true}, quorum-cite: AII-19-a | numerator: 0, denominator: 3, inclusive: true}, quorum-cite: AII-19-a | 比例 0/3 无法达到或没有意义
        aii   | numerator: 2, denominator: 3, inclusive: true}, quorum-cite: AII-19-a | numerator: -1, denominator: 0, inclusive: true}, quorum-cite: AII-19-a | 比例 -1/0 无法达到或没有意义
        aii   | AII-25-b: [{at: 常务理事会, cite: AII-25-b}] | AII-25-b: [] | 这一事项没有人决定
        aii   | awaits: [registration] | awaits: [register] | 等待“register”，但没有一条规则建立这个任务，案件无法了结
        aii   | awaits: [registration] | awaits: [registration, payment] | 等待交费，但没有会费：案件无法了结
        aii   | {at: 秘书处, cite: AII-11-2} | {at: 秘书处, await: payment, cite: AII-11-2} | 等待交费，但没有会费：没有人能离开这一步
        aii   | failed: reject¶ | failed: next¶ | 表决未过要转下一步，但这是最后一步
        aii   | failed: reject¶        cite | cite | 表决未过怎么办没有写
        aii   | from: [普通会员单位], to: 理事单位 | from: [理事单位], to: 理事单位 | 从“理事单位”到“理事单位”不是升级
        aii   | from: [普通会员单位], to: 理事单位 | from: [副理事长单位], to: 理事单位 | 从“副理事长单位”到“理事单位”不是升级
        aii   | never: {理事长单位 | never: {理事单位 | “理事单位”写在 never 里不接受申请，又写了升到它的路径
        aii   | upgrade:¶    cite | nomination:¶    cite | 没有 cases 里的 upgrade，这些规则走不到
        aii   | warn: [1, 2] | warn: [1, 3] | 提醒的次数应在 1 与 2 之间：到 3 次已经生效
        aii   | warn: [1, 2] | warn: [0, 2] | 提醒的次数应在 1 与 2 之间
        aii   | limit: 3, warn: [1, 2] | limit: 0 | “limit”应是不小于 1 的整数
        igrs  | change:¶    cite: IGRS-18-l¶    now: true¶    effect: change¶changes | choice:¶    cite: IGRS-18-l¶    now: true¶    effect: change¶changes | 写了资料变更，却没有 cases 里的 change
        igrs  | cap: 15 | cap: 0 | 名额上限应不少于 1
        igrs  | failed: next | failed: reject | 走不到这一步：前面没有表决未过而转下一步
        igrs  | share: {numerator: 2, denominator: 3}, exact: 秘书处, cite: [IGRS-18-e | share: {numerator: 2, denominator: 3, inclusive: true}, exact: 秘书处, cite: [IGRS-18-e | 恰好达到即通过
        igrs  | share: {numerator: 2, denominator: 3}, exact: 秘书处, cite: [IGRS-18-e | share: {numerator: 5, denominator: 3}, exact: 秘书处, cite: [IGRS-18-e | 比例 5/3 无法达到或没有意义
        igrs  | max-against: 0 | max-against: -1 | 反对票上限不能为负
        igrs  | conditions: core, | conditions: formal, | 没有一条升级路径用到“core”
        igrs  | {judged: true, cite: IGRS-20-A1 | {judged: true, paid-on-time: true, cite: IGRS-20-A1 | 恰好写一个
        igrs  | {judged: true, cite: IGRS-20-A1 | {cite: IGRS-20-A1 | 恰好写一个
        igrs  | {tenure: 1 year, grades | {tenure: 1 year, judged: true, grades | 恰好写一个
        igrs  | {absences: 0, meetings | {absences: 0, judged: true, meetings | 恰好写一个
        igrs  | window: 1 year, cite: IGRS-20-A4 | cite: IGRS-20-A4 | 缺席次数要写明是哪些会议
        igrs  | {absences: 0, meetings: [工作会议, 技术会议], | {absences: 0, | 缺席次数要写明是哪些会议
        igrs  | nominators: 1 | nominators: 0 | “nominators”应是不小于 1 的整数
        igrs  | {from: [核心会员], to: 推广会员, cite: IGRS-22-b} | {from: [普通会员], to: 推广会员, cite: IGRS-22-b} | 从“普通会员”到“推广会员”不是降级
        igrs  | {from: [核心会员], to: 推广会员, cite: IGRS-22-b} | {from: [推广会员], to: 推广会员, cite: IGRS-22-b} | 从“推广会员”到“推广会员”不是降级
        igrs  | {from: [核心会员], to: 普通会员, cite: IGRS-22-b} | {from: [核心会员], to: 推广会员, cite: IGRS-22-b} | 从“核心会员”到“推广会员”写了两条路径
        igrs  | {from: [观察会员], to: 普通会员, conditions | {from: [观察会员], to: 推广会员, conditions | 从“观察会员”到“推广会员”写了两条路径
        igrs  | downgrade:¶    cite | nomination:¶    cite | 没有 cases 里的 downgrade，这些规则走不到
        igrs  | alert-at: 3 | alert-at: 0 | “alert-at”应是不小于 1 的整数
        igrs  | window: 1 year¶ | window: 9 workdays¶ | 这里不能用工作日计算
        igrs  | {open: expulsion, at: 秘书处} | {tell: [秘书处], says: 请研究} | 走不到这一步：没有一条规则会提出“expulsion”
        igrs  | stages: [{at: 秘书处, reasoned: IGRS-25-c, cite: [IGRS-25-c, IGRS-25-d]}] | stages: [] | 有期限而没有人办理
        igrs  | where: 内部, due: 1 week, cite: IGRS-25-f | where: 内部, due: 2 weeks, cite: IGRS-25-f | 条款“IGRS-25-f”在这里作1周，在前面作2周
        igrs  | {task: {what: reply, to: 秘书处, due: 3 months | {task: {what: reply, to: 会员, due: 3 months | 没有“会员”这个部门、机构或 teacher
        igrs  | done:¶      - {task: {what: file-update, to: 秘书处 | done:¶      - {task: {what: file-update, to: member | 待办要交给部门、机构或班主任，不能交给“member”
        igrs  | exact: 秘书处, cite: [IGRS-21-d, IGRS-21-e]} | cite: [IGRS-18-e, IGRS-21-d, IGRS-21-e], tie: tie-passes} | 条款“IGRS-18-e”在这里作到会的超过2/3（恰好达到按“tie-passes”），在前面作到会的超过2/3：同一条款“核心会员大会”有两种通过的比例
        igrs  | share: {numerator: 2, denominator: 3}, exact: 秘书处, cite: [IGRS-21-d, IGRS-21-e]} | share: {numerator: 1, denominator: 2}, cite: [IGRS-18-e, IGRS-21-d, IGRS-21-e]} | 条款“IGRS-18-e”在这里作到会的超过1/2，在前面作到会的超过2/3
        igrs  | share: {numerator: 2, denominator: 3}, exact: 秘书处, cite: [IGRS-24-d, IGRS-24-e]} | share: {numerator: 2, denominator: 3}, max-against: 1, cite: [IGRS-18-e, IGRS-24-d, IGRS-24-e]} | 在这里作到会的超过2/3、反对不超过1票，在前面作到会的超过2/3
        aii   | AII-18-3: *by-assembly | AII-18-3: [{at: 会员大会, counted: {base: seats, share: {numerator: 1, denominator: 2, inclusive: true}, tie: tie-passes, cite: AII-19-b}, failed: reject, cite: AII-18-0}] | 条款“AII-19-b”在这里作全体的不少于1/2（恰好达到按“tie-passes”），在前面作到会的不少于1/2
        aii   | denominator: 3, inclusive: true}, quorum-cite: AII-23-a | denominator: 3}, quorum-cite: AII-19-a | 条款“AII-19-a”在这里作到会超过2/3，在前面作到会不少于2/3：同一条款有两种到会比例
        igrs  | {name: 推广会员, cite: IGRS-6} | {name: 推广会员, cap: 16, cap-cite: IGRS-14, cite: IGRS-6} | 条款“IGRS-14”在这里作15名，在前面作16名：同一条款有两个名额上限
        dsia  | max: 30, wish: true | max: 101, wish: true | “常务理事”都在“理事”之内，名额 101 名多于“理事”的 100 名
        dsia  | max: 100, wish: true | max: 9, wish: true | “副会长”都在“理事”之内，名额 12 名多于“理事”的 9 名
        igrs  | due: 3 months¶    due-cite: IGRS-18-h | due: 2 months¶    due-cite: IGRS-18-h | 条款“IGRS-18-h”在这里作3个月，在前面作2个月
        bacca | cite: BACCA-21-b, due-cite: BACCA-22-b | cite: BACCA-21-b, due-cite: [BACCA-22-a, BACCA-22-b] | 条款“BACCA-22-a”在这里作20个工作日，在前面作10个工作日
        bacca | initial: {within: 1 year | initial: {within: 6 months | 条款“BACCA-21-a”在这里作6个月，在前面作1年
        bacca | {name: 小型, headcount-below | {name: 微型, headcount-below | “微型”写了两档，中间空出一段归别的档
        bacca | headcount-below: 10, revenue-below: 1000000 | headcount-below: 10, revenue-below: 0 | “revenue-below”应是不小于 1 的整数（元）：没有单位低于它
        bacca | headcount-below: 100, | headcount-below: 10, | 后一档永远轮不到（按人数）
        bacca | revenue-below: 10000000 | revenue-below: 999999 | 后一档永远轮不到（按营业收入）
        """)
    void aRuleThatCannotBeMeantIsFound(String code, String sound, String spoilt, String fault) throws IOException {
        assertFound(code, sound, spoilt, fault);
    }

    @ParameterizedTest(name = "{0}：把“{1}”写成“{2}”")
    @DisplayName("恰好在界限上的写法都成立")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        dsia  | min: 300, max: 400 | min: 400, max: 400
        igrs  | cap: 15 | cap: 1
        igrs  | fee-due: {value: 04-30 | fee-due: {value: none
        igrs  | fee-due: {value: 04-30 | fee-due: {value: 02-29
        demo  | answer-days: {value: 30 | answer-days: {value: 1
        demo  | answer-days: {value: 30 | answer-days: {value: 999
        demo  | from: 2024-01-01, amounts | from: 2023-12-31, amounts
        demo  | beyond: 1 year | beyond: 0 days
        aii   | numerator: 2, denominator: 3, inclusive: true}, quorum-cite: AII-19-a | numerator: 3, denominator: 3, inclusive: true}, quorum-cite: AII-19-a
        aii   | warn: [1, 2] | warn: [2]
        aii   | limit: 3, warn: [1, 2] | limit: 1
        aii   | reports:¶ | reports:¶  penalty:¶    - {open: expulsion, at: 常务理事会, cite: AII-16}¶
        bacca | before: [30, 7, 1] | before: [1]
        bacca | headcount-below: 10, | headcount-below: 1,
        bacca | headcount-below: 10, revenue-below: 1000000 | headcount-below: 99, revenue-below: 9999999
        bacca | value: always | value: 04-01..04-01
        igrs  | max-against: 0 | max-against: 3
        igrs  | nominators: 1 | nominators: 2
        bacca | headcount-below: 10, revenue-below: 1000000 | headcount-below: 10, revenue-below: 1
        igrs  | share: {numerator: 2, denominator: 3}, exact: 秘书处, cite: [IGRS-21-d, IGRS-21-e]} | share: {numerator: 4, denominator: 6}, exact: 秘书处, cite: [IGRS-18-e, IGRS-21-d, IGRS-21-e]}
        aii   | numerator: 2, denominator: 3, inclusive: true}, quorum-cite: AII-23-a | numerator: 4, denominator: 6, inclusive: true}, quorum-cite: [AII-19-a, AII-23-a]
        aii   | cite: AII-27}, failed: reject, cite: AII-27} | cite: [AII-27, AII-19-b]}, failed: reject, cite: AII-27}
        dsia  | max: 30, wish: true | max: 100, wish: true
        dsia  | max: 100, wish: true | max: 30, wish: true
        bacca | cite: BACCA-21-b, due-cite: BACCA-22-b | cite: BACCA-21-b, due-cite: [BACCA-22-b, BACCA-22-c]
        igrs  | {name: 推广会员, cite: IGRS-6} | {name: 推广会员, cap: 15, cap-cite: IGRS-14, cite: IGRS-6}
        """)
    void whatIsJustSoIsSound(String code, String sound, String other) throws IOException {
        assertThat(faults(code, sound, other)).isEmpty();
    }

    @Test
    @DisplayName("没有办理期限的，期满没有答复视为同意无从谈起：写成别的值就行")
    void silenceMeansNothingWithoutATime() throws IOException {
        String due = "    due: 1 month¶    due-cite: IGRS-25-d¶";

        assertThat(faults("igrs", due, "")).isEmpty();
        assertThat(List.of("both", "withdrawal")).allSatisfy(value -> {
            String text = RulebooksTest.packaged("config/rulebooks/igrs.yaml")
                    .replace(due.replace('¶', '\n'), "")
                    .replace("silence-approves: {value: none", "silence-approves: {value: " + value);
            assertThat(Rulebooks.read("igrs.yaml", text).faults())
                    .singleElement()
                    .satisfies(fault -> {
                        assertThat(fault.message()).isEqualTo("cases/withdrawal 没有办理期限（due），期满没有答复无从谈起");
                        assertThat(text.lines().toList().get(fault.line() - 1)).contains("silence-approves");
                    });
        });
    }

    @Test
    @DisplayName("有最后交费日，却没有人提醒、没有逾期的规则：期限没有主人；有其中之一就行")
    void aDueDayNeedsSomebodyWhoHearsOfIt() {
        String quiet = RulebooksTest.SOUND
                .substring(0, RulebooksTest.SOUND.indexOf("watch:"))
                .replace("  first-year", "  due: 03-31\n  first-year")
                .replaceAll("(?s)cases:.*", "");
        String fault = "有最后交费日，却没有提醒（reminders），也没有逾期的规则（watch）：到期没有人知道";

        assertThat(Rulebooks.read("demo.yaml", quiet).faults())
                .extracting(Fault::message)
                .containsExactly(fault);
        assertThat(Rulebooks.read("demo.yaml", quiet.replace("  first-year", "  reminders: [-7]\n  first-year"))
                        .faults())
                .isEmpty();
        assertThat(Rulebooks.read("demo.yaml", quiet.replace("  due: 03-31\n", ""))
                        .faults())
                .as("no fixed day")
                .isEmpty();
        assertThat(Rulebooks.read(
                                "demo.yaml", RulebooksTest.SOUND.replace("  first-year", "  due: 03-31\n  first-year"))
                        .faults())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}：{1}")
    @DisplayName("每年的一段日子")
    @CsvSource({
        "04-01..06-30, true",
        "06-30..06-30, true",
        "06-30..06-29, false",
        "04-01, false",
        "04-01..05-01..06-01, false",
        "04-31..05-01, false",
        "always, false",
    })
    void aPeriodDoesNotRunBackwards(String value, boolean period) {
        assertThat(Thresholds.isPeriod(value)).isEqualTo(period);
    }

    private static void assertFound(String code, String sound, String spoilt, String fault) throws IOException {
        assertThat(faults(code, sound, spoilt))
                .anySatisfy(found -> assertThat(found.message()).contains(fault));
    }

    /** What is found once the first place that reads so reads otherwise; {@code ¶} stands for a new line. */
    private static List<Fault> faults(String code, String sound, String spoilt) throws IOException {
        String text = code.equals("demo")
                ? RulebooksTest.SOUND
                : RulebooksTest.packaged("config/rulebooks/" + code + ".yaml");
        String from = sound.replace('¶', '\n');
        assertThat(text).contains(from);
        return Rulebooks.read(
                        code + ".yaml",
                        text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(spoilt.replace('¶', '\n'))))
                .faults();
    }
}
