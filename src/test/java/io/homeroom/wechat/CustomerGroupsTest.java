package io.homeroom.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.ground.Tenant;
import io.homeroom.liaison.GroupLine;
import io.homeroom.notice.Channel;
import io.homeroom.notice.Paces;
import io.homeroom.schedule.BusinessClock;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("mysql")
@DisplayName("客户群、群发、企业微信的登录和菜单")
class CustomerGroupsTest extends RoomTest {

    private static final String ASK = "/cgi-bin/externalcontact/add_msg_template";

    @Autowired
    CustomerGroups groups;

    @Autowired
    CpOAuth login;

    @Autowired
    Menus menus;

    @Autowired
    CpSdk sdk;

    @Autowired
    Accounts accounts;

    @Autowired
    WechatSettings settings;

    @Autowired
    Paces paces;

    @Autowired
    BusinessClock business;

    @Test
    @DisplayName("群一页一页列出；群里的客户用群昵称，没有就用名字；解散的没有")
    void readsGroups() throws Exception {
        WECHAT.on(
                "/cgi-bin/externalcontact/groupchat/list",
                asked -> StandIn.Answer.json(
                        asked.body().contains("\"cursor\":\"C2\"")
                                ? "{\"errcode\":0,\"group_chat_list\":[{\"chat_id\":\"wr2\",\"status\":0}]}"
                                : "{\"errcode\":0,\"group_chat_list\":[{\"chat_id\":\"wr1\",\"status\":0}],\"next_cursor\":\"C2\"}"));
        Tenant.run(SECURE, () -> {
            try {
                assertThat(groups.owned(List.of("zhoumin"))).containsExactly("wr1", "wr2");
            } catch (GroupLine.Unreachable e) {
                throw new AssertionError(e);
            }
        });
        WECHAT.on(
                "/cgi-bin/externalcontact/groupchat/get",
                "{\"errcode\":0,\"group_chat\":{\"chat_id\":\"wr1\",\"name\":\"一班\",\"owner\":\"zhoumin\",\"member_list\":["
                        + "{\"userid\":\"zhoumin\",\"type\":1,\"name\":\"周敏\"},"
                        + "{\"userid\":\"wm1\",\"type\":2,\"name\":\"王\",\"group_nickname\":\"江城建工王力\"},"
                        + "{\"userid\":\"wm2\",\"type\":2,\"name\":\"李青\",\"group_nickname\":\"\"}]}}");
        Tenant.run(SECURE, () -> {
            try {
                assertThat(groups.chat("wr1"))
                        .hasValue(new GroupLine.Chat("wr1", "一班", "zhoumin", List.of("江城建工王力", "李青")));
                WECHAT.on(
                        "/cgi-bin/externalcontact/groupchat/get",
                        "{\"errcode\":40050,\"errmsg\":\"chatid not found\"}");
                assertThat(groups.chat("wr1")).isEmpty();
            } catch (GroupLine.Unreachable e) {
                throw new AssertionError(e);
            }
        });
        WECHAT.on("/cgi-bin/externalcontact/groupchat/get", asked -> StandIn.Answer.cut());
        assertThatThrownBy(() -> Tenant.in(SECURE, () -> {
                    try {
                        return groups.chat("wr1");
                    } catch (GroupLine.Unreachable e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .hasCauseInstanceOf(GroupLine.Unreachable.class);
    }

    @Test
    @DisplayName("群发只建任务，等员工确认；不是群主的直接拒绝")
    void asksForABroadcast() throws Exception {
        WECHAT.on(ASK, "{\"errcode\":0,\"errmsg\":\"ok\",\"fail_list\":[],\"msgid\":\"m-1\"}");
        assertThat(Tenant.in(SECURE, () -> ask())).isEqualTo(new GroupLine.Made.Waiting("m-1"));
        assertThat(WECHAT.next(ASK).body())
                .contains("\"chat_type\":\"group\"", "\"chat_id_list\":[\"wr1\"]", "\"sender\":\"zhoumin\"", "年会签到");
        WECHAT.on(ASK, "{\"errcode\":0,\"errmsg\":\"ok\",\"fail_list\":[\"wr1\"],\"msgid\":\"m-2\"}");
        assertThat(Tenant.in(SECURE, () -> ask())).isInstanceOf(GroupLine.Made.Refused.class);
        WECHAT.on(ASK, asked -> StandIn.Answer.cut());
        assertThat(Tenant.in(SECURE, () -> ask())).isInstanceOf(GroupLine.Made.Unknown.class);
    }

    private static final GroupLine.Link LINK = new GroupLine.Link("年会报名", "五月八日前", "https://hr.example/meet");
    private static final byte[] BYTES = "%PDF-1.7".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    @Test
    @DisplayName("群发带链接、图片、文件：图片和文件先上传；上传没成就过后再交，没有任务留下")
    void broadcastsCarryLinksPicturesAndFiles() throws Exception {
        String upload = "/cgi-bin/media/upload";
        WECHAT.on(ASK, "{\"errcode\":0,\"errmsg\":\"ok\",\"fail_list\":[],\"msgid\":\"m-1\"}");
        WECHAT.on(
                upload, "{\"errcode\":0,\"errmsg\":\"ok\",\"type\":\"file\",\"media_id\":\"MEDIA\",\"created_at\":1}");

        asks(new GroupLine.Said("", null, LINK));
        assertThat(WECHAT.next(ASK).body())
                .contains("\"msgtype\":\"link\"", "年会报名", "五月八日前", "https://hr.example/meet")
                .doesNotContain("\"text\"");
        assertThat(WECHAT.waiting(upload)).isZero();
        asks(new GroupLine.Said("请看", new GroupLine.Bytes("合影.jpg", true, BYTES), null));
        assertThat(WECHAT.next(upload).target()).contains("type=image");
        assertThat(WECHAT.next(ASK).body()).contains("\"msgtype\":\"image\"", "MEDIA", "请看");
        asks(new GroupLine.Said("请看", new GroupLine.Bytes("议程.pdf", false, BYTES), null));
        assertThat(WECHAT.next(upload)).satisfies(sent -> {
            assertThat(sent.target()).contains("type=file");
            assertThat(sent.body()).contains("议程.pdf", "%PDF-1.7");
        });
        assertThat(WECHAT.next(ASK).body()).contains("\"msgtype\":\"file\"", "MEDIA");

        WECHAT.on(upload, asked -> StandIn.Answer.cut());
        assertThat(asks(new GroupLine.Said("请看", new GroupLine.Bytes("议程.pdf", false, BYTES), null)))
                .isInstanceOf(GroupLine.Made.Later.class);
        assertThat(WECHAT.waiting(ASK)).isZero();
    }

    private GroupLine.Made asks(GroupLine.Said said) {
        return Tenant.in(SECURE, () -> groups.ask("zhoumin", true, List.of("wr1"), said));
    }

    @Test
    @DisplayName("机器人：文字、链接、图片、文件各是一条；密钥被收回的说明是机器人的毛病")
    void robotsSayWordsLinksPicturesAndFiles() throws Exception {
        jdbc.update("DELETE FROM notice_pace");
        String robot = "/cgi-bin/webhook/send";
        String upload = "/cgi-bin/webhook/upload_media";
        WECHAT.on(robot, "{\"errcode\":0,\"errmsg\":\"ok\"}");
        WECHAT.on(
                upload,
                "{\"errcode\":0,\"errmsg\":\"ok\",\"type\":\"file\",\"media_id\":\"MEDIA\",\"created_at\":\"1\"}");

        says(new GroupLine.Said("下周走访", null, null));
        assertThat(WECHAT.next(robot)).satisfies(sent -> {
            assertThat(sent.target()).contains("key=media-robot-key");
            assertThat(sent.body()).contains("\"msgtype\":\"text\"", "下周走访");
        });
        says(new GroupLine.Said("", null, LINK));
        assertThat(WECHAT.next(robot).body()).contains("\"msgtype\":\"news\"", "年会报名", "https://hr.example/meet");
        says(new GroupLine.Said("", new GroupLine.Bytes("合影.jpg", true, BYTES), null));
        assertThat(WECHAT.next(robot).body())
                .contains("\"msgtype\":\"image\"", java.util.Base64.getEncoder().encodeToString(BYTES));
        assertThat(WECHAT.waiting(upload)).isZero();
        says(new GroupLine.Said("", new GroupLine.Bytes("议程.pdf", false, BYTES), null));
        assertThat(WECHAT.next(upload).body()).contains("议程.pdf");
        assertThat(WECHAT.next(robot).body()).contains("\"msgtype\":\"file\"", "MEDIA");

        WECHAT.on(robot, "{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}");
        assertThat(says(new GroupLine.Said("再说", null, null)))
                .isInstanceOfSatisfying(
                        GroupLine.Made.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(GroupLine.Fault.ROBOT));
    }

    private GroupLine.Made says(GroupLine.Said said) {
        return Tenant.in(SECURE, () -> groups.post("media-robot-key", said));
    }

    private GroupLine.Made ask() {
        return groups.ask("zhoumin", true, List.of("wr1"), new GroupLine.Said("年会签到", null, null));
    }

    @Test
    @DisplayName("一个机器人一分钟20条，几个节点一起也是20条；秘书处群用同一个机器人，算在一起；过了一分钟接着说")
    void keepsTheLimitOfARobotOnAllNodes() throws Exception {
        jdbc.update("DELETE FROM notice_pace");
        String robot = "/cgi-bin/webhook/send";
        WECHAT.on(robot, "{\"errcode\":0,\"errmsg\":\"ok\"}");
        List<ClassRobots> nodes = List.of(
                new ClassRobots(accounts, settings, line, paces), new ClassRobots(accounts, settings, line, paces));
        assertThat(posts(nodes, "class-robot-key", 30)).isEqualTo(20);
        assertThat(asked(robot)).isEqualTo(20);
        for (ClassRobots node : nodes) {
            assertThat(Tenant.in(SECURE, () -> node.mayPost("class-robot-key"))).isFalse();
            assertThat(Tenant.in(SECURE, () -> node.mayPost("another-robot-key")))
                    .isTrue();
        }
        assertThat(posts(nodes.subList(0, 1), "another-robot-key", 3)).isEqualTo(3);

        // What the office's robot said by itself counts too.
        Tenant.run(SECURE, () -> {
            for (int said = 0; said < 15; said++) {
                assertThat(paces.take(Channel.ROBOT, "", true, WechatCourier.ROBOT_PACE))
                        .isTrue();
            }
        });
        assertThat(posts(nodes, "robot-key", 10)).isEqualTo(5);

        business.restart(business.now().plusSeconds(66));
        assertThat(posts(nodes, "class-robot-key", 30)).isEqualTo(20);
    }

    /** How many of so many got through, from both nodes at once; a lost turn is taken again, as the next round does. */
    private static int posts(List<ClassRobots> nodes, String key, int times) throws Exception {
        ExecutorService hands = Executors.newFixedThreadPool(nodes.size());
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (ClassRobots node : nodes) {
                all.add(hands.submit(() -> {
                    int posted = 0;
                    for (int i = 0; i < times && Tenant.in(SECURE, () -> node.mayPost(key)); i++) {
                        GroupLine.Made made =
                                Tenant.in(SECURE, () -> node.post(key, new GroupLine.Said("通知", null, null)));
                        posted += made instanceof GroupLine.Made.Posted ? 1 : 0;
                        i -= made instanceof GroupLine.Made.Posted ? 0 : 1;
                    }
                    return posted;
                }));
            }
            int posted = 0;
            for (Future<Integer> one : all) {
                posted += one.get();
            }
            return posted;
        } finally {
            hands.shutdownNow();
        }
    }

    private static int asked(String path) throws Exception {
        int asked = 0;
        for (; WECHAT.waiting(path) > 0; asked++) {
            WECHAT.next(path);
        }
        return asked;
    }

    @ParameterizedTest
    @CsvSource({"45009, Later", "45033, Later", "60011, Refused", "60111, Refused", "81013, Refused", "40003, Refused"})
    @DisplayName("频率和并发超限过后再交；人走了、不可见的不再试")
    void tellsFaultsApart(int code, String made) {
        WECHAT.on(ASK, "{\"errcode\":" + code + ",\"errmsg\":\"no\"}");
        assertThat(Tenant.in(SECURE, () -> ask()).getClass().getSimpleName()).isEqualTo(made);
    }

    @ParameterizedTest
    @CsvSource({"0, UNSENT", "1, SENT", "2, GONE", "3, LIMIT"})
    @DisplayName("群发的结果：未发、已发、群没了、次数满")
    void followsABroadcast(int status, GroupLine.Fate fate) {
        WECHAT.on(
                "/cgi-bin/externalcontact/get_groupmsg_send_result",
                "{\"errcode\":0,\"send_list\":[{\"chat_id\":\"wr1\",\"userid\":\"zhoumin\",\"status\":" + status
                        + "}]}");
        Tenant.run(SECURE, () -> {
            try {
                assertThat(groups.fates("m-1", "zhoumin")).containsExactly(Map.entry("wr1", fate));
            } catch (GroupLine.Unreachable e) {
                throw new AssertionError(e);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"0, zhoumin, false", "2, zhoumin, true", "2, sunyue, false"})
    @DisplayName("群发有没有人确认：本人点过才算，别人的任务不算")
    void tellsWhetherTheSenderHasConfirmed(int status, String userid, boolean confirmed) {
        WECHAT.on(
                "/cgi-bin/externalcontact/get_groupmsg_task",
                "{\"errcode\":0,\"task_list\":[{\"userid\":\"" + userid + "\",\"status\":" + status
                        + ",\"send_time\":1773892800}]}");
        Tenant.run(SECURE, () -> {
            try {
                assertThat(groups.confirmed("m-1", "zhoumin"))
                        .isEqualTo(
                                confirmed
                                        ? java.util.Optional.of(java.time.Instant.ofEpochSecond(1773892800L))
                                        : java.util.Optional.empty());
            } catch (GroupLine.Unreachable e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    @DisplayName("企业微信的静默登录：换来成员账号；外部的人没有")
    void tellsWhoOpenedThePage() {
        URI address = Tenant.in(
                SECURE, () -> login.authorize(URI.create("https://homeroom.example/t/whjx/login/back"), "s1"));
        assertThat(address.toString())
                .startsWith(WECHAT.address() + "/connect/oauth2/authorize?appid=wwcorp")
                .contains("scope=snsapi_base", "agentid=1000002", "state=s1")
                .endsWith("#wechat_redirect");
        WECHAT.on("/cgi-bin/auth/getuserinfo", "{\"errcode\":0,\"userid\":\"zhoumin\"}");
        WECHAT.on("/cgi-bin/user/getuserinfo", "{\"errcode\":0,\"UserId\":\"zhoumin\"}");
        assertThat(Tenant.in(SECURE, () -> login.userId("c1"))).hasValue("zhoumin");
        WECHAT.on("/cgi-bin/auth/getuserinfo", "{\"errcode\":0,\"openid\":\"o1\"}");
        WECHAT.on("/cgi-bin/user/getuserinfo", "{\"errcode\":0,\"OpenId\":\"o1\"}");
        assertThat(Tenant.in(SECURE, () -> login.userId("c2"))).isEmpty();
        WECHAT.on("/cgi-bin/auth/getuserinfo", "{\"errcode\":40029,\"errmsg\":\"invalid code\"}");
        WECHAT.on("/cgi-bin/user/getuserinfo", "{\"errcode\":40029,\"errmsg\":\"invalid code\"}");
        assertThat(Tenant.in(SECURE, () -> login.userId("c3"))).isEmpty();
    }

    @Test
    @DisplayName("JS-SDK：页面用应用的 ticket 签名，两小时内只取一次；取不到就没有签名，页面照样能用")
    void signsPagesForTheClient() throws Exception {
        String ticket = "/cgi-bin/get_jsapi_ticket";
        String page = "https://homeroom.example/t/whjx/parcels/7";
        WECHAT.on(ticket, "{\"errcode\":40014,\"errmsg\":\"invalid access_token\"}");
        assertThat(Tenant.in(SECURE, () -> sdk.sign(page))).isEmpty();
        assertThat(Tenant.in(PLAIN, () -> sdk.sign(page))).isEmpty();
        asked(ticket);
        WECHAT.on(ticket, "{\"errcode\":0,\"errmsg\":\"ok\",\"ticket\":\"TICKET\",\"expires_in\":7200}");
        for (int look = 0; look < 2; look++) {
            assertThat(Tenant.in(SECURE, () -> sdk.sign(page))).hasValueSatisfying(signed -> {
                assertThat(signed.appId()).isEqualTo("wwcorp");
                assertThat(signed.signature())
                        .isEqualTo(io.homeroom.sandbox.wire.Sha1.jsapi(
                                "TICKET", signed.nonce(), signed.timestamp(), page));
            });
        }
        assertThat(asked(ticket)).isEqualTo(1);
        assertThat(sdk.script()).startsWith("https://res.wx.qq.com/");
    }

    @Test
    @DisplayName("应用菜单：没有才创建，按钮的键就是指令的键，三组、每组至多五个")
    void hangsTheMenuOfTheApp() throws Exception {
        WECHAT.on("/cgi-bin/menu/get", "{\"errcode\":46003,\"errmsg\":\"menu no exist\"}");
        Tenant.run(SECURE, () -> menus.hangForStaff(SECURE));
        JsonNode buttons = JsonMapper.shared()
                .readTree(WECHAT.next("/cgi-bin/menu/create").body())
                .path("button");
        assertThat(buttons)
                .hasSize(3)
                .allSatisfy(group -> assertThat(group.path("sub_button")).hasSizeBetween(1, 5));
        assertThat(buttons.findValuesAsString("key"))
                .containsExactly(
                        "class",
                        "arrears",
                        "remind",
                        "nominate",
                        "todo",
                        "need",
                        "change",
                        "mail",
                        "broadcast",
                        "read",
                        "leave",
                        "help");
    }
}
