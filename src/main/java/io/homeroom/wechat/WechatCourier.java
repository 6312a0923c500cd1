package io.homeroom.wechat;

import io.homeroom.desk.Card;
import io.homeroom.ground.Parts;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.notice.Channel;
import io.homeroom.notice.Courier;
import io.homeroom.notice.Letter;
import io.homeroom.notice.Pace;
import io.homeroom.notice.Quota;
import io.homeroom.notice.Sent;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.PayLinks;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateData;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Carries letters to WeChat: a template message where the association has a template for them, else a customer-service
 * message while the person's last words allow one; to colleagues through the WeCom app; to the secretariat's group through
 * its robot. A letter that none of these may carry fails at once, so that a person takes it over.
 */
@Component
class WechatCourier implements Courier {

    /** Longest text of a template's field {@code thing}. */
    private static final int THING = 20;

    private static final int ROBOT_BYTES = 4096;

    /** How long WeChat knows a {@code client_msg_id}. */
    private static final Duration TEMPLATE_REMEMBERED = Duration.ofMinutes(10);

    /** A letter may be under way for so long, fetching a token included. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(30);

    /** A robot writes 20 messages a minute; one may be five seconds late. */
    static final Pace ROBOT_PACE = new Pace(20, 20, Duration.ofSeconds(65));

    /**
     * WeCom drops without a word what exceeds 30 messages a minute or 1,000 an hour to one person. Half of that for what
     * comes by itself keeps the hour, and leaves room for cards that somebody asked for.
     */
    private static final Pace WECOM_PACE = new Pace(28, 15, Duration.ofSeconds(65));

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private static final Map<String, String> WORDS = Map.of(
            "bill", "会费账单",
            "reminder", "会费待缴",
            "payment", "会费到账",
            "decision", "审议结果",
            "notice", "会员服务通知");

    private final Voice voice;
    private final WechatSettings settings;
    private final Roster roster;
    private final PayLinks links;
    private final JdbcTemplate jdbc;
    private final BusinessClock clock;
    private final Clock wireClock;

    WechatCourier(
            Voice voice,
            WechatSettings settings,
            Roster roster,
            PayLinks links,
            JdbcTemplate jdbc,
            BusinessClock clock,
            @Qualifier("wireClock") Clock wireClock) {
        this.voice = voice;
        this.settings = settings;
        this.roster = roster;
        this.links = links;
        this.jdbc = jdbc;
        this.clock = clock;
        this.wireClock = wireClock;
    }

    @Override
    public boolean carries(Channel channel) {
        return channel == Channel.WECHAT || channel == Channel.WECOM || channel == Channel.ROBOT;
    }

    @Override
    public Duration remembers(Letter letter) {
        return switch (letter.channel()) {
            case WECHAT -> template(letter).isPresent() ? TEMPLATE_REMEMBERED.minus(ON_THE_WAY) : Duration.ZERO;
            case WECOM -> Voice.SAME_WITHIN.minus(ON_THE_WAY);
            default -> Duration.ZERO;
        };
    }

    @Override
    public Optional<Pace> pace(Channel channel) {
        return switch (channel) {
            case WECOM -> Optional.of(WECOM_PACE);
            case ROBOT -> Optional.of(ROBOT_PACE);
            default -> Optional.empty();
        };
    }

    /** The official account counts its template messages by the day. */
    @Override
    public Optional<Quota> quota(Letter letter) {
        WechatSettings.Mp account = settings.mp(letter.association());
        return letter.channel() == Channel.WECHAT
                        && account != null
                        && template(letter).isPresent()
                ? Optional.of(Quota.of("template", "公众号模板消息", account.templatesADay()))
                : Optional.empty();
    }

    /** WeCom compares what it is asked; a card bears a number of its own. */
    @Override
    public boolean knowsByWords(Letter letter) {
        return letter.channel() == Channel.WECOM
                && Card.in(letter.data()).isEmpty()
                && Card.settledBy(letter.data()).isEmpty();
    }

    @Override
    public Sent send(Letter letter) {
        return switch (letter.channel()) {
            case WECHAT ->
                template(letter)
                        .map(message -> voice.template(letter.association(), message))
                        .orElseGet(() -> say(letter));
            case WECOM -> toColleague(letter);
            case ROBOT -> inParts(letter.text(), ROBOT_BYTES, part -> voice.post(letter.association(), part));
            default -> new Sent.Failed("不是微信的通道");
        };
    }

    private Sent toColleague(Letter letter) {
        Optional<String> settled = Card.settledBy(letter.data());
        if (settled.isPresent()) {
            return voice.settle(letter.association(), letter.address(), settled.get(), letter.text());
        }
        return Card.in(letter.data())
                .map(card -> voice.card(letter.association(), letter.address(), letter.dedupeId(), card))
                .orElseGet(() -> {
                    Distinct distinct = new Distinct(letter.nth());
                    return inParts(
                            letter.text(),
                            Parts.MOST - Distinct.MARK,
                            part -> voice.tell(letter.association(), letter.address(), distinct.mark(part)));
                });
    }

    private Sent say(Letter letter) {
        if (!mayWrite(letter.association(), letter.address())) {
            return new Sent.Failed("没有可用的模板消息，且不在客服消息时限内");
        }
        return inParts(withLink(letter), Parts.MOST, part -> voice.say(letter.association(), letter.address(), part));
    }

    private String withLink(Letter letter) {
        String url = absolute(letter.data().get("url"));
        return url == null || letter.text().contains(url) ? letter.text() : letter.text() + "\n" + url;
    }

    /**
     * Says a long text in pieces, each cut at the end of a sentence. Where one does not get through after others have, the
     * whole is of unknown fate: it is said again only where the channel still knows the pieces that it has.
     */
    private static Sent inParts(String text, int bytes, Function<String, Sent> say) {
        List<String> parts = Parts.of(text, bytes);
        Sent sent = say.apply(parts.get(0));
        for (int part = 1; part < parts.size() && !isOpen(sent); part++) {
            sent = say.apply(parts.get(part));
            if (isOpen(sent)) {
                return new Sent.Unknown("分" + parts.size() + "条发，只发出前" + part + "条");
            }
        }
        return sent;
    }

    private static boolean isOpen(Sent sent) {
        return !(sent instanceof Sent.Delivered || sent instanceof Sent.Accepted);
    }

    /** Whether the person has spoken recently enough for a customer-service message. */
    private boolean mayWrite(String association, String openid) {
        LocalDateTime until = jdbc.queryForObject(
                "SELECT MAX(window_until) FROM wx_message WHERE association_id = ? AND openid = ?",
                LocalDateTime.class,
                association,
                openid);
        return until != null && until.isAfter(Answers.utc(wireClock.instant()));
    }

    /** The letter as a template message; empty where the association has none that fits its facts. */
    private Optional<WxMpTemplateMessage> template(Letter letter) {
        WechatSettings.Mp account = settings.mp(letter.association());
        if (account == null) {
            return Optional.empty();
        }
        String member = name(letter);
        for (String kind : List.of(kind(letter.about()), "notice")) {
            String id = account.templates().get(kind);
            Optional<Map<String, String>> fields =
                    id == null || id.isBlank() ? Optional.empty() : fields(kind, member, letter);
            if (fields.isPresent()) {
                return Optional.of(WxMpTemplateMessage.builder()
                        .toUser(letter.address())
                        .templateId(id)
                        .url(url(letter))
                        .clientMsgId(letter.dedupeId())
                        .data(fields.get().entrySet().stream()
                                .map(field -> new WxMpTemplateData(field.getKey(), field.getValue()))
                                .toList())
                        .build());
            }
        }
        return Optional.empty();
    }

    /** The templates are named by kinds of letters; finer kinds begin with the coarse one's name. */
    private static String kind(String about) {
        return WORDS.keySet().stream()
                .filter(kind -> about.equals(kind) || about.startsWith(kind + "-"))
                .findFirst()
                .orElse("notice");
    }

    private Optional<Map<String, String>> fields(String kind, String member, Letter letter) {
        Map<String, String> data = letter.data();
        String what = thing(data.getOrDefault("title", WORDS.getOrDefault(letter.about(), firstWords(letter.text()))));
        Optional<String> amount = amount(data.get("amountFen"));
        Optional<String> due = day(data.get("dueOn"));
        String now = clock.now().format(MINUTE);
        return switch (kind) {
            case "bill", "reminder" ->
                amount.flatMap(money ->
                        due.map(day -> Map.of("thing1", member, "thing2", what, "amount3", money, "time4", day)));
            case "payment" ->
                amount.map(money -> Map.of(
                        "thing1", member,
                        "amount2", money,
                        "time3", now,
                        "character_string4", number(letter)));
            case "decision" ->
                Optional.of(Map.of(
                        "thing1", member,
                        "thing2", what,
                        "thing3", thing(data.getOrDefault("result", "请点开查看")),
                        "time4", now));
            default -> Optional.of(Map.of("thing1", member, "thing2", what, "time3", now));
        };
    }

    private String name(Letter letter) {
        Long id = letter.memberId();
        return id == null
                ? "会员"
                : thing(Tenant.in(letter.association(), () -> roster.find(id))
                        .map(Member::name)
                        .orElse("会员"));
    }

    private @Nullable String absolute(@Nullable String url) {
        return url != null && url.startsWith("/") ? settings.publicBaseUrl() + url : url;
    }

    /** Where a touch leads: to the bill it is about, to what has been paid, or to the member's own page. */
    private String url(Letter letter) {
        String url = absolute(letter.data().get("url"));
        if (url != null) {
            return url;
        }
        String bill = letter.data().getOrDefault("bill", "");
        return Tenant.in(
                letter.association(),
                () -> bill.matches("\\d{1,19}")
                        ? links.bill(Long.parseLong(bill))
                        : links.page(letter.about().equals("payment") ? "payments" : ""));
    }

    private static String number(Letter letter) {
        String number = letter.data().getOrDefault("number", letter.dedupeId());
        String plain = number.replaceAll("[^0-9A-Za-z_-]", "");
        return plain.isEmpty() ? "0" : plain.substring(0, Math.min(32, plain.length()));
    }

    /** At most so many characters as a template's field takes, never empty. */
    private static String thing(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        if (line.isEmpty()) {
            return "通知";
        }
        return line.codePointCount(0, line.length()) <= THING
                ? line
                : line.substring(0, line.offsetByCodePoints(0, THING - 1)) + "…";
    }

    private static String firstWords(String text) {
        return text.split("[。，；：\n]", 2)[0];
    }

    private static Optional<String> amount(@Nullable String fen) {
        if (fen == null) {
            return Optional.empty();
        }
        try {
            return Optional.of("¥" + BigDecimal.valueOf(Long.parseLong(fen), 2).toPlainString());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> day(@Nullable String iso) {
        if (iso == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(iso).format(DAY));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
