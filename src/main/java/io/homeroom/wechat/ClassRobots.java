package io.homeroom.wechat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.homeroom.ground.Tenant;
import io.homeroom.liaison.GroupLine;
import io.homeroom.notice.Channel;
import io.homeroom.notice.Paces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import me.chanjar.weixin.common.enums.WxType;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.common.util.http.InputStreamData;
import me.chanjar.weixin.common.util.http.MediaInputStreamUploadRequestExecutor;
import me.chanjar.weixin.cp.api.WxCpGroupRobotService;
import me.chanjar.weixin.cp.api.WxCpService;
import me.chanjar.weixin.cp.bean.article.NewArticle;
import org.springframework.stereotype.Component;

/**
 * Speaks through the robots of class groups: one message a call, and no faster than WeCom takes them from one robot, however
 * many nodes speak.
 */
@Component
class ClassRobots {

    /** A picture that is larger goes as a file. */
    private static final int PICTURE = 2 << 20;

    private static final Duration REST = Duration.ofMinutes(1);

    private final Accounts accounts;
    private final WechatSettings settings;
    private final Line line;
    private final Paces paces;

    ClassRobots(Accounts accounts, WechatSettings settings, Line line, Paces paces) {
        this.accounts = accounts;
        this.settings = settings;
        this.line = line;
        this.paces = paces;
    }

    /** Whether a robot has said less than WeCom takes in a minute, counted over all nodes. */
    boolean mayPost(String key) {
        return paces.hasRoom(Channel.ROBOT, address(key), WechatCourier.ROBOT_PACE);
    }

    /** Under which address a robot's messages are counted: the office's own is known by none. */
    private String address(String key) {
        WechatSettings.Cp app = settings.cp(Tenant.current());
        return app != null && key.equals(app.secretariatRobotKey()) ? "" : digest("SHA-256", key.getBytes(UTF_8));
    }

    /** Posts words, or a file, or a link: a robot's message is one of them. */
    GroupLine.Made post(String key, GroupLine.Said said) {
        Optional<WxCpService> cp = accounts.cp(Tenant.current());
        if (cp.isEmpty()) {
            return new GroupLine.Made.Refused("该协会没有配置企业微信应用");
        }
        String media = "";
        GroupLine.Bytes file = said.file();
        try {
            if (file != null && !asPicture(file)) {
                media = upload(cp.get(), key, file);
            }
        } catch (WxErrorException | RuntimeException e) {
            GroupLine.Made made = CustomerGroups.made(e);
            // An upload that was lost is nothing that anybody has seen.
            return made instanceof GroupLine.Made.Unknown unknown
                    ? new GroupLine.Made.Later(REST, unknown.why())
                    : made;
        }
        if (!paces.take(Channel.ROBOT, address(key), true, WechatCourier.ROBOT_PACE)) {
            return new GroupLine.Made.Later(REST, "机器人一分钟最多说" + WechatCourier.ROBOT_PACE.most() + "条");
        }
        String address = settings.wechat().endpoints().cp() + "/cgi-bin/webhook/send?key=" + key;
        String id = media;
        try {
            line.ask("robot-" + Tenant.current(), () -> {
                say(cp.get().getGroupRobotService(), address, said, id);
                return true;
            });
            return new GroupLine.Made.Posted();
        } catch (WxErrorException | RuntimeException e) {
            return CustomerGroups.made(e);
        }
    }

    private static void say(WxCpGroupRobotService robot, String address, GroupLine.Said said, String media)
            throws WxErrorException {
        GroupLine.Link link = said.link();
        GroupLine.Bytes file = said.file();
        if (link != null) {
            NewArticle article = NewArticle.builder()
                    .title(link.title())
                    .description(link.says())
                    .url(link.url())
                    .build();
            robot.sendNews(address, List.of(article));
        } else if (file == null) {
            robot.sendText(address, said.text(), List.of(), List.of());
        } else if (asPicture(file)) {
            robot.sendImage(address, Base64.getEncoder().encodeToString(file.content()), digest("MD5", file.content()));
        } else {
            robot.sendFile(address, media);
        }
    }

    private static boolean asPicture(GroupLine.Bytes file) {
        return file.picture() && file.content().length <= PICTURE;
    }

    private String upload(WxCpService cp, String key, GroupLine.Bytes file) throws WxErrorException {
        String address = settings.wechat().endpoints().cp() + "/cgi-bin/webhook/upload_media?key=" + key + "&type=file";
        return line.ask("robot-" + Tenant.current(), () -> {
                    try {
                        return MediaInputStreamUploadRequestExecutor.create(cp.getRequestHttp())
                                .execute(
                                        address,
                                        new InputStreamData(new ByteArrayInputStream(file.content()), file.name()),
                                        WxType.CP);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .getMediaId();
    }

    private static String digest(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has " + algorithm, e);
        }
    }
}
