package io.homeroom.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.homeroom.care.Mailings;
import io.homeroom.care.Parcel;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Reports;
import io.homeroom.desk.Audit;
import io.homeroom.desk.AuditLine;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.sandbox.phone.Colleagues;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

@DisplayName("班主任从手机上群发：班级群、机器人、重要通知。全程走企业微信的协议")
class SendsToTheClassStory extends InWechat {

    private static final String TEACHER = "/sandbox/api/staff/whjx/teacher1";

    @Autowired
    Mailings mailings;

    @Autowired
    Reports reports;

    @Autowired
    Cases cases;

    @Autowired
    Tasks tasks;

    @Autowired
    Audit audit;

    @Autowired
    Staff staff;

    @Autowired
    Contacts contacts;

    @Autowired
    Bindings bindings;

    @Autowired
    Roster roster;

    @Autowired
    Colleagues colleagues;

    @Value("${homeroom.public-base-url}")
    String base;

    SendsToTheClassStory() {
        super("whjx");
    }

    private String pageOf(String path) {
        return send(to(TEACHER + "/open?url="
                        + URLEncoder.encode("http://localhost:" + port + path, StandardCharsets.UTF_8))
                .header("Sec-Fetch-Dest", "iframe"));
    }

    /** Sends the form of a page as the phone's browser would. */
    private String fills(String page, Map<String, String> fields, String file) {
        String boundary = "----story";
        StringBuilder body = new StringBuilder();
        Map<String, String> all = new java.util.LinkedHashMap<>(fields);
        all.put("_csrf", found("name=\"_csrf\" value=\"([^\"]+)\"", page));
        all.forEach((name, value) -> body.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name
                + "\"\r\n\r\n" + value + "\r\n"));
        if (!file.isEmpty()) {
            body.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file
                    + "\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 notice\r\n");
        }
        body.append("--" + boundary + "--\r\n");
        return send(to("/t/whjx/send")
                .header("Sec-Fetch-Dest", "iframe")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private String confirms(String preview) {
        Map<String, String> fields = new java.util.LinkedHashMap<>();
        java.util.regex.Matcher hidden = java.util.regex.Pattern.compile(
                        "<input type=\"hidden\" name=\"([a-zA-Z]+)\"(?: value=\"([^\"]*)\")?")
                .matcher(preview);
        while (hidden.find()) {
            fields.putIfAbsent(hidden.group(1), hidden.group(2) == null ? "" : hidden.group(2));
        }
        return fills(preview, fields, "");
    }

    private String wall(String id) {
        return get("/sandbox/api/walls/" + id + "/messages").toString();
    }

    private JsonNode group() {
        return group("teacher1");
    }

    private JsonNode group(String owner) {
        for (JsonNode one : get("/sandbox/api/groups?code=whjx")) {
            if (one.path("owner").asString().equals(owner)) {
                return one;
            }
        }
        throw new AssertionError(owner + " has no group");
    }

    @Test
    @DisplayName("群里带文件：预览 → 确认 → 群发助手再点一次 → 群里收到；每家的结果看得见。欠费的不进群")
    void a_broadcast_with_a_file_reaches_the_group_after_two_confirmations() {
        String form = pageOf("/t/whjx/send");
        assertThat(form).contains("发到哪里", "只发给欠费的");
        assertThat(fills(form, Map.of("way", "group", "text", "贵单位会费逾期未交"), "")).contains("欠费的事不在群里说", "第八条");
        assertThat(fills(form, Map.of("way", "group", "text", "请核对", "arrears", "true"), ""))
                .contains("欠费的事不进群");

        String preview = fills(form, Map.of("way", "group", "text", "五月八日年会，议程见附件"), "议程.pdf");
        assertThat(preview).contains("五月八日年会", "议程.pdf", "家收得到", "确认发送");
        String result = confirms(preview);
        assertThat(result).contains("议程.pdf", "班级群", "不在班级群里");

        await().atMost(SOON).until(() -> get(TEACHER + "/broadcasts").toString().contains("五月八日年会"));
        assertThat(wall(group().path("wall").asString())).doesNotContain("五月八日年会");
        String msgid = "";
        for (JsonNode task : get(TEACHER + "/broadcasts")) {
            msgid = task.path("text").asString().contains("五月八日")
                    ? task.path("msgid").asString()
                    : msgid;
        }
        post(TEACHER + "/confirm", "{\"msgid\":\"" + msgid + "\"}");
        assertThat(wall(group().path("wall").asString())).contains("五月八日年会", "议程.pdf");
        String path = "/t/whjx/sent/" + found("\"(?:/t/whjx/)sent/(\\d+)\"", pageOf("/t/whjx/send"));
        await().atMost(SOON).until(() -> pageOf(path).contains("已送达"));
    }

    @Test
    @DisplayName("表单里用企业微信的扫码：页面带着签名，客户端认；换一页、改一个字都不认")
    void a_form_uses_the_scanner_of_the_client() {
        Parcel parcel = Tenant.in("whjx", () -> {
            StaffMember teacher = staff.byWecom("teacher1").orElseThrow();
            long member = roster.search(new Search(null, null, null, List.of(teacher.id()), 0, 1))
                    .items()
                    .get(0)
                    .id();
            long mailing =
                    mailings.prepare("journal", "会刊", List.of(member), "test").get();
            return mailings.parcels(mailing).get(0);
        });
        String path = "/t/whjx/parcels/" + parcel.id();
        String page = pageOf(path);
        assertThat(page).contains("扫面单上的条码", "data-fills=\"tracking\"", "/portal/sdk.js");
        String script = found("data-script=\"([^\"]+)\"", page);
        assertThat(script).endsWith("/sandbox/jweixin.js");
        assertThat(send(to("/sandbox/jweixin.js"))).contains("scanQRCode");
        assertThat(listens(page, base + path)).isEqualTo("config:ok");
        assertThat(listens(page, base + path + "?from=elsewhere")).isEqualTo("config:invalid signature");
        assertThat(listens(page.replace("data-nonce=\"", "data-nonce=\"x"), base + path))
                .isEqualTo("config:invalid signature");
    }

    @Test
    @DisplayName("WHJX-8-6：退会告知由班主任协办：待办里有案件，手机上记联系、寄出告知书、记答复；别的班打不开；会籍管理部的告知书同时办结")
    void a_class_teacher_helps_with_an_exit() throws Exception {
        Member member = Tenant.in("whjx", () -> {
            StaffMember teacher = staff.byWecom("teacher1").orElseThrow();
            Member entered = roster.enter(NewMember.draft("协办退会" + Ids.secret(4), Kind.UNIT, "会员")
                    .joined(LocalDate.of(2020, 3, 1))
                    .paidThrough(LocalDate.of(2040, 12, 31))
                    .teacher(teacher.id())
                    .data("address", "新华路7号")
                    .contact(Role.LIAISON, "孟", "13912345678")
                    .done());
            reports.report(entered.id(), "dishonest-debtor", null, false, "office")
                    .get();
            return entered;
        });
        CaseView matter = Tenant.in("whjx", () -> cases.of(member.id())).get(0);
        String path = "/t/whjx/cases/" + matter.id();
        String page = pageOf(path);
        assertThat(page).contains(member.name(), "视为自动退会", "由会籍管理部办理", "先联系会员", "第八条", "由我寄出");
        assertThat(page).as("nobody is asked for an answer before the letter").doesNotContain("会员的答复");
        assertThat(submits(path + "/contact", page, "note", "")).contains("请写一句");
        assertThat(submits(path + "/contact", page, "note", "孟总说已履行判决")).contains("已记下这次联系", "联系：孟总说已履行判决");
        assertThat(submits(path + "/answer", page, "says", "refuse")).contains("不再等这一步");

        String parcelPage = submits(path + "/letter", page, "x", "");
        long parcel = Long.parseLong(found("action=\"/t/whjx/parcels/(\\d+)\"", parcelPage));
        assertThat(submits(path + "/letter", page, "x", "")).as("prepared once").contains("/parcels/" + parcel + "\"");
        assertThat(submits("/t/whjx/parcels/" + parcel, parcelPage, "tracking", "SF7654321"))
                .contains("没有照片不能登记寄出");
        ByteArrayOutputStream photo = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg", photo);
        Tenant.in("whjx", () -> mailings.photograph(List.of(parcel), photo.toByteArray(), "teacher1"))
                .get();
        assertThat(submits("/t/whjx/parcels/" + parcel, parcelPage, "tracking", "SF7654321"))
                .contains("已登记寄出");
        List<Task> letters =
                Tenant.in("whjx", () -> tasks.search(TaskSearch.all().matter(matter.id())));
        assertThat(letters)
                .filteredOn(task -> task.what().equals("letter"))
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.to()).isEqualTo("会籍管理部");
                    assertThat(task.state()).isEqualTo(Task.State.DONE);
                });

        String waiting = pageOf(path);
        assertThat(waiting).contains("等会员答复", "告知书已寄出", "还有").doesNotContain("由我寄出");
        String other = "/sandbox/api/staff/whjx/teacher2/open?url="
                + URLEncoder.encode("http://localhost:" + port + path, StandardCharsets.UTF_8);
        assertThat(send(to(other).header("Sec-Fetch-Dest", "iframe")))
                .contains("不在你这里")
                .doesNotContain("孟总");
        waiting = pageOf(path);
        assertThat(submits(path + "/answer", waiting, "says", "refuse")).contains("已记下会员的答复", "由理事会办理", "会员答复：不履行");
        Tenant.run(
                "whjx",
                () -> assertThat(audit.lines(member.id(), 0, 50))
                        .extracting(AuditLine::act)
                        .contains("case-contacted", "case-answer-noted", "parcel-sent"));
    }

    @Test
    @DisplayName("离职当场失效：开着的页面下一次就打不开，企业微信里也不再应")
    void who_has_left_is_not_known_any_more() {
        StaffMember leaver = Tenant.in("whjx", () -> {
            colleagues.hire("whjx", "leaver-story", "将离", "teacher");
            return staff.add(NewStaff.teacher("leaver", "将离", "leaver-story", "13612340404"), "test")
                    .get();
        });
        String at = "/sandbox/api/staff/whjx/leaver-story";
        assertThat(send(to(at + "/open?url="
                                + URLEncoder.encode(
                                        "http://localhost:" + port + "/t/whjx/send", StandardCharsets.UTF_8))
                        .header("Sec-Fetch-Dest", "iframe")))
                .contains("发到哪里");
        assertThat(post(at + "/text", "{\"text\":\"我的班级\"}").toString()).doesNotContain("停用");
        Tenant.run("whjx", () -> staff.deactivate(leaver.id(), "admin"));
        assertThat(send(to("/t/whjx/send").header("Sec-Fetch-Dest", "iframe")))
                .contains("账号可能已停用")
                .doesNotContain("发到哪里");
        assertThat(post(at + "/text", "{\"text\":\"我的班级\"}").toString()).doesNotContain("你的班");
    }

    /** What WeCom's client says to a page that wants to use it. */
    private String listens(String page, String url) {
        return post(
                        "/sandbox/api/jssdk",
                        JSON.writeValueAsString(Map.of(
                                "appId", found("data-app=\"([^\"]+)\"", page),
                                "timestamp", found("data-timestamp=\"([^\"]+)\"", page),
                                "nonceStr", found("data-nonce=\"([^\"]+)\"", page),
                                "signature", found("data-signature=\"([^\"]+)\"", page),
                                "url", url)))
                .path("errMsg")
                .asString();
    }

    private String submits(String path, String page, String field, String value) {
        return send(to(path).header("Sec-Fetch-Dest", "iframe")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("_csrf="
                        + URLEncoder.encode(found("name=\"_csrf\" value=\"([^\"]+)\"", page), StandardCharsets.UTF_8)
                        + "&" + field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))));
    }

    @Test
    @DisplayName("机器人密钥失效：留着不丢，待办请登记新地址，手机上登记好就接着发，只发一次")
    void a_revoked_robot_goes_on_with_a_new_key() {
        JsonNode robots = null;
        for (JsonNode wall : get("/sandbox/api/walls?code=whjx")) {
            robots = wall.path("robot").asString().isEmpty()
                            || wall.path("id").asString().contains("secretariat")
                    ? robots
                    : wall;
        }
        String wall = java.util.Objects.requireNonNull(robots).path("id").asString();
        post("/sandbox/api/walls/" + wall + "/revoke", "{\"on\":true}");
        confirms(fills(pageOf("/t/whjx/send"), Map.of("way", "robot", "text", "周五下午班级走访"), ""));
        await().atMost(SOON)
                .until(() -> api("GET", "/tasks?what=robot-key", "").toString().contains("密钥失效了"));
        says("待办");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(get(TEACHER + "/messages").toString()).contains("密钥失效了", "登记新地址", "/t/whjx/robot"));
        assertThat(wall(wall)).doesNotContain("周五下午班级走访");

        String page = pageOf("/t/whjx/robot");
        assertThat(page).contains("密钥失效");
        assertThat(submits("/t/whjx/robot", page, "address", "不是地址")).contains("这不是群机器人的地址");
        post("/sandbox/api/walls/" + wall + "/revoke", "{\"on\":false}");
        assertThat(submits(
                        "/t/whjx/robot", page, "address", robots.path("robot").asString()))
                .contains("登记好了", "可用");
        await().atMost(SOON).until(() -> wall(wall).contains("周五下午班级走访"));
        assertThat(wall(wall).split("周五下午班级走访", -1)).hasSize(2);
        assertThat(api("GET", "/tasks?what=robot-key", "").toString()).doesNotContain("\"open\"");
    }

    @Test
    @DisplayName("班级群解散：班主任有待办，请她另建一个；新群自动认出来，群发照常")
    void a_dissolved_group_asks_for_another_one() {
        String before = group("teacher3").path("chatId").asString();
        post("/sandbox/api/groups/" + before + "/dismiss", "{}");
        await().atMost(SOON)
                .until(() -> api("GET", "/tasks?what=group-gone", "").toString().contains("班级群解散了"));
        String colleague = "/sandbox/api/staff/whjx/teacher3";
        assertThat(post(colleague + "/text", "{\"text\":\"群发 明天开会\"}").toString())
                .contains("没有找到你的班级群");
        post("/sandbox/api/groups", "{\"code\":\"whjx\",\"name\":\"新的班级群\",\"owner\":\"teacher3\"}");
        await().atMost(SOON).until(() -> {
            post(colleague + "/text", "{\"text\":\"群发 明天开会\"}");
            return get(colleague + "/messages").toString().contains("群发到「新的班级群」");
        });
    }

    private String says(String text) {
        return post(TEACHER + "/text", "{\"text\":\"" + text + "\"}").toString() + get(TEACHER + "/messages");
    }

    @Test
    @DisplayName("重要通知：会员回「知道了」或点一下；班主任发「已读」看到谁没回，可以再提醒")
    void an_important_notice_is_answered_by_word_and_by_touch() {
        String silent = post(
                        "/sandbox/api/people",
                        "{\"code\":\"whjx\",\"key\":\"silent\",\"name\":\"不回的人\",\"following\":true}")
                .path("openid")
                .asString();
        long quiet = Tenant.in("whjx", () -> bindsOneMore(silent));
        String preview =
                fills(pageOf("/t/whjx/send"), Map.of("way", "notice", "title", "年会改期", "text", "年会改到五月八日下午三点"), "");
        assertThat(preview).contains("家会收到");
        String readers = confirms(preview);
        assertThat(readers).contains("年会改期", "还没回「知道了」", "没点开");
        String id = found("/t/whjx/circulars/(\\d+)/again", readers);

        // Two of the demo's contacts belong to this class: one answers by word, one on the page.
        int read = 0;
        for (JsonNode person : get("/sandbox/api/people?code=whjx")) {
            String openid = person.path("openid").asString();
            if (openid.equals(silent)
                    || !get("/sandbox/api/phones/" + openid + "/messages")
                            .toString()
                            .contains("年会改期")) {
                continue;
            }
            if (read == 0) {
                assertThat(says(openid, "知道了")).contains("年会改期");
            } else {
                String page = opens(openid, "http://localhost:" + port + "/m/whjx/circulars/" + id);
                assertThat(page).contains("年会改到五月八日下午三点", "知道了");
                send(to("/m/whjx/circulars/" + id + "/known")
                        .header("Sec-Fetch-Dest", "iframe")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("_csrf="
                                + URLEncoder.encode(
                                        found("name=\"_csrf\" value=\"([^\"]+)\"", page), StandardCharsets.UTF_8))));
            }
            read++;
        }
        assertThat(read).isPositive();
        says("已读");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(get(TEACHER + "/messages").toString()).contains("年会改期", "没回的", "再提醒没回的"));
        String unread = pageOf("/t/whjx/circulars/" + id);
        assertThat(unread).contains(read + "/", "没有绑定公众号，请转达");

        // Not again on the same day; on the next once, by the button on the page or by the card's.
        assertThat(submits("/t/whjx/circulars/" + id + "/again", unread, "x", ""))
                .contains("今天刚发过");
        clock(today().plusDays(1));
        assertThat(submits("/t/whjx/circulars/" + id + "/again", unread, "x", ""))
                .contains("已再提醒1家", "没有绑定公众号，收不到提醒");
        assertThat(submits("/t/whjx/circulars/" + id + "/again", unread, "x", ""))
                .contains("今天刚发过");
        Tenant.run("whjx", () -> bindings.unbind(silent, quiet));
    }

    /** A member of the class that had nobody in WeChat gets somebody. */
    private long bindsOneMore(String openid) {
        StaffMember teacher = staff.byWecom("teacher1").orElseThrow();
        long member = roster.search(new Search(null, null, null, List.of(teacher.id()), 0, 200)).items().stream()
                .filter(Member::belongs)
                .map(Member::id)
                .filter(one -> contacts.toNotify(one)
                        .filter(contact -> contact.openid() == null)
                        .isPresent())
                .findFirst()
                .orElseThrow();
        bindings.bindTo(contacts.toNotify(member).orElseThrow().id(), openid);
        return member;
    }
}
