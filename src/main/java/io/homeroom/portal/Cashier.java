package io.homeroom.portal;

import io.homeroom.till.Order;
import java.util.Map;

/** Calls up the cashier inside WeChat for an order of the current association. */
public interface Cashier {

    /**
     * The signed parameters of the page's {@code getBrandWCPayRequest}: {@code appId timeStamp nonceStr package
     * signType paySign}.
     *
     * @param order a JSAPI order with its prepay id
     */
    Map<String, String> sheet(Order order);
}
