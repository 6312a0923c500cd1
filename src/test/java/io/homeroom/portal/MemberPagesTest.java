package io.homeroom.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.homeroom.desk.StaffMember;
import io.homeroom.dues.Bill;
import io.homeroom.dues.BillKind;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Bindings;
import io.homeroom.member.Bound;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.review.Explain;
import io.homeroom.review.Explanation;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Ruling;
import io.homeroom.schedule.Associations;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.testing.ShippedRulebook;
import io.homeroom.till.BankAccounts;
import io.homeroom.till.Channel;
import io.homeroom.till.Gateway;
import io.homeroom.till.Method;
import io.homeroom.till.Order;
import io.homeroom.till.OrderState;
import io.homeroom.till.Orders;
import io.homeroom.till.PayLinks;
import io.homeroom.till.PayState;
import io.homeroom.till.Payment;
import io.homeroom.till.Till;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.test.context.junit.jupiter.web.SpringJUnitWebConfig;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.templateresolver.SpringResourceTemplateResolver;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

@DisplayName("会员的网页")
@SpringJUnitWebConfig
class MemberPagesTest {

    private static final String WECHAT =
            "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI";
    private static final String DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36";
    private static final long UNIT = 11;
    private static final Member JIANGCHENG = new Member(
            UNIT,
            "江城建工集团",
            Kind.UNIT,
            "会员",
            Standing.ACTIVE,
            LocalDate.of(2020, 3, 1),
            null,
            null,
            null,
            null,
            7L,
            null,
            null,
            true,
            List.of(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            Map.of());
    private static final long BILL = 31;
    private static final Lockbox BOX = new Lockbox(List.of(Lockbox.freshKey()));
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 19);
    private static final Clock WIRE = Clock.fixed(Instant.parse("2026-03-19T02:00:00Z"), ZoneOffset.UTC);
    private static final PayLinks LINKS = new PayLinks("https://hr.example", BOX, WIRE);

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private Bills bills;

    @Autowired
    private Orders orders;

    @Autowired
    private WebLogin login;

    private MockMvc mvc;

    @BeforeEach
    void open() {
        mvc = MockMvcBuilders.webAppContextSetup(context)
                .apply(springSecurity())
                .build();
        reset(orders, login);
        when(login.authorize(any(), anyString()))
                .thenAnswer(call -> URI.create("https://open.example/authorize?back=" + call.getArgument(0) + "&state="
                        + call.getArgument(1)));
        when(login.openid("good")).thenReturn(Optional.of("oLiaison"));
        when(login.openid("other")).thenReturn(Optional.of("oStranger"));
        when(orders.of(anyLong())).thenReturn(List.of());
        bill(BillState.OPEN, 800_000);
    }

    // ---- inside WeChat

    @Test
    @DisplayName("在微信里打开账单：先到网页授权，带回一次性的 state，再回到这张账单")
    void wechatLeadsThroughLogin() throws Exception {
        String bill = "/m/whjx/bills/31?t=" + token("whjx");
        MockHttpServletResponse first = go(get(URI.create(bill)).header("User-Agent", WECHAT), null);
        assertThat(first.getRedirectedUrl()).startsWith("/m/whjx/login?to=%2Fm%2Fwhjx%2Fbills%2F31%3Ft%3D");

        MockHttpSession session = new MockHttpSession();
        String state = begin(session, bill);
        MockHttpServletResponse back =
                go(get("/m/whjx/login/back").param("code", "good").param("state", state), session);
        assertThat(back.getRedirectedUrl()).isEqualTo(bill);
        String page = go(get("/m/whjx/bills/31").header("User-Agent", WECHAT), session)
                .getContentAsString();
        assertThat(page)
                .contains("江城建工集团", "¥8,000.00", "3月31日 周二，还有12天", "金额由来", "微信支付 ¥8,000.00", "2026年度会费 待缴")
                .contains("data-pay=\"/m/whjx/bills/31/pay\"")
                .doesNotContain("data-code-url");

        MockHttpServletResponse again =
                go(get("/m/whjx/login/back").param("code", "good").param("state", state), session);
        assertThat(again.getContentAsString()).contains("登录已过期");
    }

    @Test
    @DisplayName("授权回来的 state 不对、code 无效：不登录")
    void loginIsNotForged() throws Exception {
        MockHttpSession session = new MockHttpSession();
        begin(session, "/m/whjx/");
        assertThat(go(get("/m/whjx/login/back").param("code", "good").param("state", "guess"), session)
                        .getContentAsString())
                .contains("登录已过期");
        String state = begin(session, "/m/whjx/");
        assertThat(go(get("/m/whjx/login/back").param("code", "used").param("state", state), session)
                        .getContentAsString())
                .contains("没有确认到你的身份");
        assertThat(go(get("/m/whjx/").header("User-Agent", WECHAT), session).getRedirectedUrl())
                .startsWith("/m/whjx/login");
    }

    @ParameterizedTest
    @DisplayName("登录后只回到本协会自己的页面")
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example",
                "/m/bacca/",
                "/m/whjx/../../console",
                "/m/whjx/login?to=/m/whjx/",
                "/m/whjx/\\evil",
                "javascript:alert(1)",
                "/m/whjx/ x"
            })
    void loginReturnsOnlyHome(String to) {
        assertThat(Tenant.in("whjx", () -> LoginPages.own(to))).isEqualTo("/m/whjx/");
    }

    @Test
    @DisplayName("登录只对那家协会有效")
    void loginCountsForOneAssociation() throws Exception {
        MockHttpSession session = entered("good");
        assertThat(go(get("/m/whjx/").header("User-Agent", WECHAT), session).getContentAsString())
                .contains("江城建工集团");
        assertThat(go(get("/m/bacca/").header("User-Agent", WECHAT), session).getRedirectedUrl())
                .startsWith("/m/bacca/login");
    }

    @Test
    @DisplayName("不是联络人的人在微信里打开链接：看不到单位的任何信息，带令牌也一样")
    void strangersSeeNothing() throws Exception {
        MockHttpSession session = entered("other");
        for (String path : List.of(
                "/m/whjx/",
                "/m/whjx/bills",
                "/m/whjx/payments",
                "/m/whjx/bills/31",
                "/m/whjx/bills/31?t=" + token("whjx"),
                "/m/whjx/bills/999")) {
            String page = go(get(URI.create(path)).header("User-Agent", WECHAT), session)
                    .getContentAsString();
            assertThat(page).as(path).contains("单位信息只对其联络人开放").doesNotContain("江城", "8,000", "2026年度");
        }
    }

    @Test
    @DisplayName("首页：一句话说清资格、待缴和班主任，手机号打码")
    void homeSaysWhereItStands() throws Exception {
        String page = go(get("/m/whjx/").header("User-Agent", WECHAT), entered("good"))
                .getContentAsString();
        assertThat(page)
                .contains(
                        "江城建工集团", "资格正常。", "尚未到账，3月31日 周二到期，还有12天", "周敏 136****2001", "王力 139****5678", "待缴 ¥8,000.00")
                .contains("2020年3月1日入会", "2027年4月1日起列入告知名单〔第十二条（一）〕。")
                .doesNotContain("13612342001", "13912345678");
    }

    @Test
    @DisplayName("没有会费的联盟：首页与账单页都说不收会费，并注明依据")
    void theAllianceShowsNoFee() throws Exception {
        when(bills.of(UNIT)).thenReturn(List.of());
        MockHttpSession session = new MockHttpSession();
        session.setAttribute("portal.openid.aii", "oLiaison");
        assertThat(go(get("/m/aii/").header("User-Agent", WECHAT), session).getContentAsString())
                .contains("不收会费〔章程没有会费的规定〕")
                .doesNotContain("缴费记录", "对公转账");
        assertThat(go(get("/m/aii/transfer").header("User-Agent", WECHAT), session)
                        .getContentAsString())
                .contains("不收会费", "〔章程没有会费的规定〕");
        assertThat(go(get("/m/aii/payments").header("User-Agent", WECHAT), session)
                        .getContentAsString())
                .contains("href=\"/m/aii/\"")
                .doesNotContain("/m/aii/bills");
        assertThat(go(get("/m/aii/bills").header("User-Agent", WECHAT), session).getContentAsString())
                .contains("不收会费〔章程没有会费的规定〕")
                .doesNotContain("¥");
    }

    @Test
    @DisplayName("缴费记录和对公转账的附言")
    void historyAndTransfer() throws Exception {
        MockHttpSession session = entered("good");
        assertThat(go(get("/m/whjx/payments").header("User-Agent", WECHAT), session)
                        .getContentAsString())
                .contains("2025年3月12日", "¥8,000.00", "银行转账", "已到账");
        assertThat(go(get("/m/whjx/transfer?bill=31").header("User-Agent", WECHAT), session)
                        .getContentAsString())
                .contains("6222 0000", "会费 江城建工集团", "¥8,000.00");
    }

    // ---- paying

    @Test
    @DisplayName("付款：为本人和这张账单下单，把收银台的参数交给页面；没有防伪令牌的提交被拒")
    void payingOpensAnOrder() throws Exception {
        Order order = order(Channel.JSAPI, "oLiaison");
        when(orders.open(
                        eq(UNIT),
                        eq(Set.of(BILL)),
                        isNull(),
                        eq(new Money(800_000)),
                        eq(Channel.JSAPI),
                        eq("oLiaison"),
                        anyString()))
                .thenReturn(Outcome.done(order));
        MockHttpSession session = entered("good");
        assertThat(go(post("/m/whjx/bills/31/pay").header("User-Agent", WECHAT), session)
                        .getStatus())
                .isEqualTo(403);
        verify(orders, never()).open(anyLong(), any(), any(), any(), any(), any(), any());
        MockHttpServletResponse paid =
                go(post("/m/whjx/bills/31/pay").with(csrf()).header("User-Agent", WECHAT), session);
        assertThat(paid.getStatus()).isEqualTo(200);
        assertThat(paid.getContentAsString()).contains("\"package\":\"prepay_id=wx31\"", "\"signType\":\"RSA\"");
    }

    @Test
    @DisplayName("别人的账单付不了，已缴的不再下单，微信不通时说清楚")
    void payingIsRefused() throws Exception {
        assertThat(go(post("/m/whjx/bills/31/pay").with(csrf()).header("User-Agent", WECHAT), entered("other"))
                        .getStatus())
                .isEqualTo(403);
        assertThat(go(post("/m/whjx/bills/31/pay").with(csrf()), null).getStatus())
                .isEqualTo(403);
        MockHttpSession session = entered("good");
        when(orders.open(anyLong(), any(), any(), any(), any(), any(), any()))
                .thenThrow(new Gateway.Trouble("no answer", null));
        MockHttpServletResponse trouble = go(post("/m/whjx/bills/31/pay").with(csrf()), session);
        assertThat(trouble.getStatus()).isEqualTo(503);
        assertThat(trouble.getContentAsString()).contains("暂时连不上微信支付");
        bill(BillState.PAID, 0);
        assertThat(go(post("/m/whjx/bills/31/pay").with(csrf()), session).getStatus())
                .isEqualTo(409);
    }

    @Test
    @DisplayName("手机说付了不算数：确认中的页面等服务器知道，到账后回到账单")
    void confirmationWaitsForTheServer() throws Exception {
        when(orders.of(UNIT)).thenReturn(List.of(order(Channel.JSAPI, "oLiaison")));
        MockHttpSession session = entered("good");
        String page = go(get("/m/whjx/bills/31/confirming").header("User-Agent", WECHAT), session)
                .getContentAsString();
        assertThat(page).contains("确认中", "data-state=\"/m/whjx/bills/31/state\"", "data-known=\"open-800000-0\"");
        verify(orders).refresh("HR31");
        assertThat(go(get("/m/whjx/bills/31/state"), session).getContentAsString())
                .isEqualTo("{\"state\":\"open-800000-0\"}");
        bill(BillState.PAID, 0);
        assertThat(go(get("/m/whjx/bills/31/state"), session).getContentAsString())
                .isEqualTo("{\"state\":\"paid-0-0\"}");
        assertThat(go(get("/m/whjx/bills/31/confirming").header("User-Agent", WECHAT), session)
                        .getRedirectedUrl())
                .isEqualTo("/m/whjx/bills/31");
        assertThat(go(get("/m/whjx/bills/31").header("User-Agent", WECHAT), session)
                        .getContentAsString())
                .contains("2026年度会费 已缴", "2026年3月18日")
                .doesNotContain("id=\"pay\"");
    }

    // ---- at a desk

    @Test
    @DisplayName("在电脑上打开带令牌的链接：这张账单的二维码，code_url 在 data-code-url 里，不显示单位名称")
    void theDeskGetsACode() throws Exception {
        when(orders.open(
                        eq(UNIT),
                        eq(Set.of(BILL)),
                        isNull(),
                        eq(new Money(800_000)),
                        eq(Channel.NATIVE),
                        isNull(),
                        anyString()))
                .thenReturn(Outcome.done(order(Channel.NATIVE, null)));
        String token = token("whjx");
        MockHttpServletResponse response =
                go(get(URI.create("/m/whjx/bills/31?t=" + token)).header("User-Agent", DESK), null);
        String page = response.getContentAsString();
        assertThat(page)
                .contains(
                        "data-code-url=\"weixin://wxpay/bizpayurl?pr=abc\"",
                        "<path d=\"M0 0h7v1h-7z",
                        "¥8,000.00",
                        "1:59:59")
                .contains("请用微信扫一扫支付")
                .doesNotContain("江城", "id=\"pay\"", "周敏");
        assertThat(go(get(URI.create("/m/whjx/bills/31/state?t=" + token)).header("User-Agent", DESK), null)
                        .getContentAsString())
                .contains("open");
    }

    @Test
    @DisplayName("没有令牌、令牌被改、是别的账单或别的协会的、过了期：什么也看不到")
    void aForgedAddressOpensNothing() throws Exception {
        String good = token("whjx");
        String late = Tenant.in(
                "whjx",
                () -> new PayLinks("https://hr.example", BOX, Clock.offset(WIRE, java.time.Duration.ofDays(-61)))
                        .bill(BILL)
                        .split("t=")[1]);
        String flipped = (good.charAt(0) == 'B' ? "C" : "B") + good.substring(1);
        String otherBill = Tenant.in("whjx", () -> LINKS.bill(32).split("t=")[1]);
        for (String token : List.of("", "x", flipped, otherBill, token("bacca"), late, good + "AA")) {
            String page = go(get("/m/whjx/bills/31").param("t", token).header("User-Agent", DESK), null)
                    .getContentAsString();
            assertThat(page).as(token).doesNotContain("8,000", "江城", "data-code-url");
            assertThat(go(get("/m/whjx/bills/31/state").param("t", token), null).getStatus())
                    .isEqualTo(404);
        }
        verify(orders, never()).open(anyLong(), any(), any(), any(), any(), any(), any());
    }

    @Test
    @DisplayName("电脑上没有身份的其他页面：请在微信中打开；没有的协会：404")
    void elsewhereNothingOpens() throws Exception {
        for (String path : List.of("/m/whjx/", "/m/whjx/bills", "/m/whjx/payments")) {
            assertThat(go(get(path).header("User-Agent", DESK), null).getContentAsString())
                    .contains("请在微信中打开")
                    .doesNotContain("江城");
        }
        assertThat(go(get("/m/nobody/"), null).getStatus()).isEqualTo(404);
    }

    @Test
    @DisplayName("页面只用自己的脚本和样式，不被别处嵌入，也不留在缓存里")
    void pagesAreGuarded() throws Exception {
        MockHttpServletResponse page = go(get("/m/whjx/").header("User-Agent", WECHAT), entered("good"));
        assertThat(page.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'self'")
                .doesNotContain("unsafe");
        assertThat(page.getHeader("Cache-Control")).contains("no-store");
        assertThat(page.getContentAsString())
                .doesNotContain("<script>", "style=\"", "onclick", "http://", "https://")
                .contains("lang=\"zh-CN\"", "viewport-fit=cover");
    }

    // ---- fixtures

    private String token(String code) {
        return Tenant.in(code, () -> LINKS.bill(BILL).split("t=")[1]);
    }

    private String begin(MockHttpSession session, String to) throws Exception {
        String location = go(get("/m/whjx/login").param("to", to).header("User-Agent", WECHAT), session)
                .getRedirectedUrl();
        assertThat(location).contains("back=https://hr.example/m/whjx/login/back");
        return location == null ? "" : location.split("state=")[1];
    }

    private MockHttpSession entered(String code) throws Exception {
        MockHttpSession session = new MockHttpSession();
        String state = begin(session, "/m/whjx/");
        go(get("/m/whjx/login/back").param("code", code).param("state", state), session);
        return session;
    }

    private MockHttpServletResponse go(MockHttpServletRequestBuilder request, @Nullable HttpSession session)
            throws Exception {
        MockHttpServletRequestBuilder with = session instanceof MockHttpSession mock ? request.session(mock) : request;
        MockHttpServletResponse response = mvc.perform(with).andReturn().getResponse();
        response.setCharacterEncoding("UTF-8");
        assertThat(Tenant.isEntered()).as("the tenant is left behind").isFalse();
        return response;
    }

    private void bill(BillState state, long owed) {
        Bill bill = new Bill(
                BILL,
                UNIT,
                2026,
                BillKind.ANNUAL,
                new Money(800_000),
                new Money(owed),
                LocalDate.of(2026, 3, 31),
                state,
                state == BillState.PAID ? LocalDate.of(2026, 3, 18) : null,
                "按年度标准全额〔第五条（五）〕",
                List.of("WHJX-5-5"),
                2026,
                LocalDate.of(2026, 1, 1),
                null);
        when(bills.of(UNIT)).thenReturn(List.of(bill));
        when(bills.find(anyLong())).thenReturn(Optional.empty());
        when(bills.find(BILL)).thenReturn(Optional.of(bill));
        when(bills.owed(UNIT)).thenReturn(new Money(owed));
        when(bills.mayPay(UNIT)).thenReturn(List.of(new Money(owed)));
        when(bills.paidThrough(UNIT)).thenReturn(Optional.of(LocalDate.of(2025, 12, 31)));
    }

    private static Order order(Channel channel, @Nullable String openid) {
        return new Order(
                51,
                "HR31",
                UNIT,
                Set.of(BILL),
                null,
                new Money(800_000),
                channel,
                openid,
                OrderState.PAYING,
                WIRE.instant(),
                WIRE.instant().plusSeconds(7199),
                channel == Channel.JSAPI ? "wx31" : null,
                channel == Channel.NATIVE ? "weixin://wxpay/bizpayurl?pr=abc" : null,
                null,
                "会费");
    }

    /** The rooms below are played; the pages, their templates and their guard are the real ones. */
    @Configuration
    @EnableWebMvc
    @EnableWebSecurity
    @Import({PortalSecurity.class, Reception.class, MemberPages.class, LoginPages.class})
    static class Rooms {

        @Bean
        Associations associations() {
            return new Associations(List.of("whjx", "bacca", "aii"));
        }

        @Bean
        BusinessClock businessClock() {
            return BusinessClock.at(TODAY.atTime(10, 0));
        }

        @Bean
        Clock wireClock() {
            return WIRE;
        }

        @Bean
        PayLinks payLinks() {
            return LINKS;
        }

        @Bean
        Lawbook lawbook() {
            Lawbook laws = new Lawbook();
            for (String code : List.of("whjx", "bacca", "aii")) {
                laws.put(code, ShippedRulebook.of(code));
            }
            return laws;
        }

        @Bean
        WebLogin webLogin() {
            return mock(WebLogin.class);
        }

        @Bean
        Cashier cashier() {
            return order -> Map.of("package", "prepay_id=" + order.prepayId(), "signType", "RSA");
        }

        @Bean
        Explain explain() {
            Explain explain = mock(Explain.class);
            Explanation explanation = new Explanation(
                    TODAY,
                    "",
                    List.of(),
                    List.of(new Ruling.Step(
                            LocalDate.of(2027, 4, 1),
                            "unpaid-a-year",
                            List.of("WHJX-12-1"),
                            "满一年未到账，2027年4月1日起列入告知名单")),
                    null,
                    LocalDate.of(2027, 4, 1),
                    List.of());
            when(explain.account(any())).thenReturn(new Explain.Account(explanation, List.of(), Set.of()));
            return explain;
        }

        @Bean
        Bills bills() {
            return mock(Bills.class);
        }

        @Bean
        Orders orders() {
            return mock(Orders.class);
        }

        @Bean
        Bindings bindings() {
            Bindings bindings = mock(Bindings.class);
            Bound bound = new Bound(JIANGCHENG, 21, true);
            when(bindings.of("oLiaison")).thenReturn(List.of(bound));
            when(bindings.current("oLiaison")).thenReturn(Optional.of(bound));
            when(bindings.of("oStranger")).thenReturn(List.of());
            when(bindings.current("oStranger")).thenReturn(Optional.empty());
            return bindings;
        }

        @Bean
        Roster roster() {
            Roster roster = mock(Roster.class);
            when(roster.get(UNIT)).thenReturn(JIANGCHENG);
            return roster;
        }

        @Bean
        Contacts contacts() {
            Contacts contacts = mock(Contacts.class);
            when(contacts.of(UNIT))
                    .thenReturn(List.of(new Contact(21, UNIT, Role.LIAISON, "王力", "13912345678", "oLiaison")));
            return contacts;
        }

        @Bean
        Classes classes() {
            Classes classes = mock(Classes.class);
            when(classes.teacherOf(anyLong()))
                    .thenReturn(Optional.of(
                            new StaffMember(7, "zhoumin", "周敏", null, "13612342001", Set.of(), Set.of(), true)));
            return classes;
        }

        @Bean
        Till till() {
            Till till = mock(Till.class);
            when(till.of(UNIT))
                    .thenReturn(List.of(new Payment(
                            41,
                            UNIT,
                            new Money(800_000),
                            Method.BANK_TRANSFER,
                            Instant.parse("2025-03-11T18:00:00Z"),
                            null,
                            "会费",
                            null,
                            PayState.SETTLED,
                            null,
                            "finance")));
            return till;
        }

        @Bean
        BankAccounts bankAccounts() {
            BankAccounts accounts = mock(BankAccounts.class);
            when(accounts.current()).thenReturn(Optional.of(new BankAccounts.BankAccount("示例协会", "6222 0000", "示例银行")));
            return accounts;
        }

        @Bean
        ThymeleafViewResolver views(ApplicationContext context) {
            SpringResourceTemplateResolver files = new SpringResourceTemplateResolver();
            files.setApplicationContext(context);
            files.setPrefix("classpath:/templates/");
            files.setSuffix(".html");
            files.setCharacterEncoding("UTF-8");
            SpringTemplateEngine engine = new SpringTemplateEngine();
            engine.setTemplateResolver(files);
            ThymeleafViewResolver views = new ThymeleafViewResolver();
            views.setTemplateEngine(engine);
            views.setCharacterEncoding("UTF-8");
            return views;
        }
    }
}
