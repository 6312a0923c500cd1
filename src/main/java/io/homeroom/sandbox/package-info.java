/**
 * Floor 7, profile {@code sandbox} only. Plays the servers of WeChat, WeCom and WeChat Pay over HTTP, and the phones and
 * groups that hang on them, so that the whole of Homeroom can be lived through on one machine. It knows no member and no
 * bylaw: it speaks to the application as WeChat would, and apart from that only moves its clock. Serves no clause.
 *
 * <p>Ways in: {@code /sandbox/weixin}, {@code /sandbox/wecom} and {@code /sandbox/pay} are the servers; {@code
 * /sandbox/api} is described in {@link io.homeroom.sandbox.control}. Ways out: {@code /wechat/mp/{code}}, {@code
 * /wechat/cp/{code}} and the notify addresses of orders. No events of other rooms in or out.
 */
@NullMarked
@ApplicationModule(
        displayName = "Sandbox",
        allowedDependencies = {"ground", "schedule"})
package io.homeroom.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
