package io.homeroom.sandbox.pay;

import io.homeroom.sandbox.PlatformKey;
import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.gate.WireServer;
import io.homeroom.sandbox.phone.Phones;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.Randoms;
import io.homeroom.sandbox.wire.Rsa;
import io.homeroom.sandbox.wire.Sha1;
import io.homeroom.sandbox.wire.WireAnswer;
import io.homeroom.sandbox.wire.WireRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The merchant API v3. A request without a good {@code Authorization} is answered 401 SIGN_ERROR; every answer to a known
 * merchant is signed, bill files excepted, as the official documentation describes ("签名生成", "签名验证").
 */
@SandboxPart
public class PayServer implements WireServer {

    private static final Pattern FIELD = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Pattern OUT_TRADE_NO = Pattern.compile("[0-9A-Za-z_\\-|*]{6,32}");
    private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048 ";
    private static final String ORDERS = "/v3/pay/transactions/";
    private static final String REFUNDS = "/v3/refund/domestic/refunds";
    private static final String FILE = "/v3/billdownload/file";
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final int FILES = 200;

    private final SandboxAccounts accounts;
    private final PayBook book;
    private final Phones phones;
    private final PlatformKey platform;
    private final Clock clock;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private volatile boolean billsAtOnce;

    public PayServer(
            SandboxAccounts accounts,
            PayBook book,
            Phones phones,
            PlatformKey platform,
            @Qualifier("wireClock") Clock clock) {
        this.accounts = accounts;
        this.book = book;
        this.phones = phones;
        this.platform = platform;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "pay";
    }

    @Override
    public boolean hosts(String host) {
        return host.endsWith(".mch.weixin.qq.com");
    }

    @Override
    public @Nullable SandboxAccount account(WireRequest request) {
        return accounts.byMchId(authorization(request).getOrDefault("mchid", ""))
                .orElse(null);
    }

    @Override
    public WireAnswer error(WireRequest request, String code) {
        return failed(request, PayError.of(code));
    }

    /** Whether trade bills can be had on the day itself instead of after ten the next morning. */
    public void billsAtOnce(boolean on) {
        billsAtOnce = on;
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        try {
            SandboxAccount account = merchant(request);
            String path = request.path();
            if (path.equals(FILE) && request.method().equals("GET")) {
                return file(request);
            }
            return switch (request.method()) {
                case "POST" -> post(account, path, request);
                case "GET" -> signed(account, 200, Json.bytes(get(account, path, request)));
                default -> throw new PayError(405, "INVALID_REQUEST", "不支持的请求方法");
            };
        } catch (PayError e) {
            return failed(request, e);
        }
    }

    private WireAnswer post(SandboxAccount account, String path, WireRequest request) throws PayError {
        ObjectNode body;
        try {
            body = Json.read(request.body());
        } catch (IllegalArgumentException e) {
            throw PayError.parameter("请求内容不是有效的JSON");
        }
        if (path.equals(ORDERS + "jsapi")) {
            PayOrder order = book.open(account, asked(account, body, "JSAPI"));
            return signed(account, 200, Json.bytes(Json.object().put("prepay_id", order.prepayId)));
        }
        if (path.equals(ORDERS + "native")) {
            PayOrder order = book.open(account, asked(account, body, "NATIVE"));
            return signed(account, 200, Json.bytes(Json.object().put("code_url", order.codeUrl)));
        }
        if (path.startsWith(ORDERS + "out-trade-no/") && path.endsWith("/close")) {
            mchId(account, Json.text(body, "mchid"));
            String number = path.substring((ORDERS + "out-trade-no/").length(), path.length() - "/close".length());
            book.close(account.mchId(), decoded(number));
            return signed(account, 204, new byte[0]);
        }
        if (path.equals(REFUNDS)) {
            return signed(account, 200, Json.bytes(refund(account, body)));
        }
        throw notFound();
    }

    private ObjectNode get(SandboxAccount account, String path, WireRequest request) throws PayError {
        if (path.startsWith(ORDERS + "out-trade-no/")) {
            mchId(account, request.parameter("mchid"));
            String number = decoded(path.substring((ORDERS + "out-trade-no/").length()));
            return book.transaction(book.byNumber(account.mchId(), number));
        }
        if (path.startsWith(ORDERS + "id/")) {
            mchId(account, request.parameter("mchid"));
            String id = decoded(path.substring((ORDERS + "id/").length()));
            return book.transaction(book.byTransaction(account.mchId(), id));
        }
        if (path.startsWith(REFUNDS + "/")) {
            return book.refund(account.mchId(), decoded(path.substring(REFUNDS.length() + 1)));
        }
        if (path.equals("/v3/bill/tradebill")) {
            return bill(account, request);
        }
        if (path.equals("/v3/bill/fundflowbill")) {
            throw new PayError(400, "NO_STATEMENT_EXIST", "账单文件不存在");
        }
        if (path.equals("/v3/certificates")) {
            // Merchants that began with a public key have no platform certificates.
            throw new PayError(404, "RESOURCE_NOT_EXISTS", "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥");
        }
        throw notFound();
    }

    private PayOrder.Asked asked(SandboxAccount account, ObjectNode body, String tradeType) throws PayError {
        mchId(account, Json.text(body, "mchid"));
        String appId = Json.text(body, "appid");
        if (appId.isEmpty()) {
            throw PayError.parameter("缺少参数appid");
        }
        if (!appId.equals(account.appId())) {
            throw new PayError(400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配，请检查后再试");
        }
        String number = Json.text(body, "out_trade_no");
        if (!OUT_TRADE_NO.matcher(number).matches()) {
            throw PayError.parameter("输入源“/body/out_trade_no”映射到值字段“商户订单号”字符串规则校验失败");
        }
        String description = limited(body, "description", 127);
        if (description.isEmpty()) {
            throw PayError.parameter("缺少参数description");
        }
        JsonNode amount = Json.child(body, "amount");
        String currency = Json.text(amount, "currency");
        if (!currency.isEmpty() && !currency.equals("CNY")) {
            throw PayError.parameter("输入源“/body/amount/currency”映射到值字段“货币类型”枚举规则校验失败");
        }
        long total = Json.number(amount, "total", 0);
        if (total < 1 || total > 10_000_000_000L) {
            throw PayError.parameter("输入源“/body/amount/total”映射到数值字段“总金额”规则校验失败");
        }
        String openid = null;
        if (tradeType.equals("JSAPI")) {
            openid = Json.text(Json.child(body, "payer"), "openid");
            if (phones.find(account.code(), openid).isEmpty()) {
                throw PayError.parameter("无效的openid");
            }
        }
        return new PayOrder.Asked(
                tradeType,
                appId,
                account.mchId(),
                number,
                description,
                limited(body, "attach", 128),
                notifyUrl(body, true),
                total,
                openid,
                expiry(body));
    }

    private static @Nullable Instant expiry(ObjectNode body) throws PayError {
        String text = Json.text(body, "time_expire");
        if (text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw PayError.parameter("time_expire不符合rfc3339格式");
        }
    }

    private static String notifyUrl(ObjectNode body, boolean required) throws PayError {
        String address = limited(body, "notify_url", 255);
        if (address.isEmpty() && !required) {
            return "";
        }
        try {
            URI uri = URI.create(address);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getQuery() != null) {
                throw PayError.parameter("notify_url必须为可直接访问的URL，不能携带参数");
            }
        } catch (IllegalArgumentException e) {
            throw PayError.parameter("notify_url格式错误");
        }
        return address;
    }

    private static String limited(JsonNode body, String field, int longest) throws PayError {
        String text = Json.text(body, field);
        if (text.codePointCount(0, text.length()) > longest) {
            throw PayError.parameter("输入源“/body/" + field + "”字符串长度超过" + longest);
        }
        return text;
    }

    private ObjectNode refund(SandboxAccount account, ObjectNode body) throws PayError {
        JsonNode amount = Json.child(body, "amount");
        String number = Json.text(body, "out_refund_no");
        if (!number.matches("[0-9A-Za-z_\\-|*@]{1,64}")) {
            throw PayError.parameter("out_refund_no格式错误");
        }
        long refund = Json.number(amount, "refund", 0);
        long total = Json.number(amount, "total", 0);
        if (refund < 1 || total < 1 || !Json.text(amount, "currency").equals("CNY")) {
            throw PayError.parameter("amount格式错误");
        }
        String outTradeNo = Json.text(body, "out_trade_no");
        String transactionId = Json.text(body, "transaction_id");
        if (outTradeNo.isEmpty() && transactionId.isEmpty()) {
            throw PayError.parameter("transaction_id和out_trade_no须至少填一个");
        }
        return book.refund(
                account,
                new PayBook.RefundAsked(
                        outTradeNo,
                        transactionId,
                        number,
                        limited(body, "reason", 80),
                        notifyUrl(body, false),
                        refund,
                        total));
    }

    private ObjectNode bill(SandboxAccount account, WireRequest request) throws PayError {
        LocalDate day;
        try {
            day = LocalDate.parse(request.parameter("bill_date"));
        } catch (DateTimeParseException e) {
            throw PayError.parameter("bill_date格式错误");
        }
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), PayOrder.CHINA);
        if (day.isAfter(now.toLocalDate()) || day.isBefore(now.toLocalDate().minusMonths(3))) {
            throw PayError.request("bill_date超出可下载的范围");
        }
        if (!billsAtOnce && now.isBefore(day.plusDays(1).atTime(10, 0))) {
            throw new PayError(400, "STATEMENT_CREATING", "账单生成中，请稍后再试");
        }
        String type = request.parameters().getOrDefault("bill_type", "ALL");
        TradeBill bill = book.bill(account, day);
        if (bill.isEmpty()) {
            throw new PayError(400, "NO_STATEMENT_EXIST", "账单文件不存在");
        }
        byte[] plain = bill.csv(type).getBytes(StandardCharsets.UTF_8);
        String token = Randoms.token(64);
        synchronized (files) {
            files.put(token, request.parameter("tar_type").equals("GZIP") ? zipped(plain) : plain);
            if (files.size() > FILES) {
                files.remove(files.keySet().iterator().next());
            }
        }
        return Json.object()
                .put("hash_type", "SHA1")
                .put("hash_value", Sha1.hex(plain))
                .put("download_url", request.base() + FILE + "?token=" + token);
    }

    private WireAnswer file(WireRequest request) throws PayError {
        byte[] found;
        synchronized (files) {
            found = files.get(request.parameter("token"));
        }
        if (found == null) {
            throw notFound();
        }
        return new WireAnswer(200, Map.of("Content-Type", "text/plain"), found, false);
    }

    private static byte[] zipped(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private SandboxAccount merchant(WireRequest request) throws PayError {
        String header = request.header("Authorization");
        if (header == null || !header.startsWith(SCHEME)) {
            throw PayError.signature("Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》");
        }
        Map<String, String> fields = authorization(request);
        SandboxAccount account = accounts.byMchId(fields.getOrDefault("mchid", ""))
                .orElseThrow(() -> new PayError(400, "MCH_NOT_EXISTS", "商户号不存在"));
        if (!account.certificateSerial().equals(fields.get("serial_no"))) {
            throw PayError.signature("商户证书序列号有误，请使用签名私钥匹配的证书序列号");
        }
        Instant stamp;
        try {
            stamp = Instant.ofEpochSecond(Long.parseLong(fields.getOrDefault("timestamp", "")));
        } catch (NumberFormatException e) {
            throw PayError.signature("Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》");
        }
        if (Duration.between(stamp, clock.instant()).abs().compareTo(SKEW) > 0) {
            throw PayError.signature("Http头Authorization中的timestamp与发起请求的时间不得超过5分钟");
        }
        String signed = request.method() + "\n" + request.target() + "\n" + fields.get("timestamp") + "\n"
                + fields.getOrDefault("nonce_str", "") + "\n" + request.text() + "\n";
        if (!Rsa.verify(account.merchantKey(), signed, fields.getOrDefault("signature", ""))) {
            throw PayError.signature("签名错误，请检查后再试");
        }
        if (request.header("Accept") == null || request.header("User-Agent") == null) {
            throw PayError.parameter("Http头缺少Accept或User-Agent");
        }
        String wanted = request.header("Wechatpay-Serial");
        if (wanted != null && !wanted.equals(account.publicKeyId())) {
            throw PayError.parameter("平台证书序列号Wechatpay-Serial错误");
        }
        return account;
    }

    private static Map<String, String> authorization(WireRequest request) {
        Map<String, String> fields = new HashMap<>();
        String header = request.header("Authorization");
        Matcher matcher = FIELD.matcher(header == null ? "" : header);
        while (matcher.find()) {
            fields.put(String.valueOf(matcher.group(1)), String.valueOf(matcher.group(2)));
        }
        return fields;
    }

    private WireAnswer failed(WireRequest request, PayError error) {
        byte[] body = Json.bytes(error.body());
        return Optional.ofNullable(account(request))
                .map(account -> signed(account, error.status(), body))
                .orElseGet(() -> WireAnswer.json(error.status(), error.body()));
    }

    private WireAnswer signed(SandboxAccount account, int status, byte[] body) {
        Map<String, String> headers = new HashMap<>(Notifier.headers(account, platform.key(), clock.instant(), body));
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("Request-ID", "08" + Randoms.digits(38));
        return new WireAnswer(status, headers, body, false);
    }

    private static void mchId(SandboxAccount account, String mchId) throws PayError {
        if (!mchId.equals(account.mchId())) {
            throw PayError.parameter("Http头Authorization中的mchid与请求中的mchid不匹配");
        }
    }

    private static PayError notFound() {
        return new PayError(404, "RESOURCE_NOT_EXISTS", "请求的资源不存在");
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
