/* The shop: basket, checkout and the events it reports to the data layer. */
(function () {
  'use strict';
  const data = JSON.parse(document.getElementById('page-data').textContent);
  const page = document.body.dataset.page;
  const bySlug = new Map(data.products.map(function (p) { return [p.slug, p]; }));
  const find = function (selector) { return document.querySelector(selector); };

  function cart() { return JSON.parse(localStorage.getItem('cart') || '{}'); }
  function save(content) { localStorage.setItem('cart', JSON.stringify(content)); showCount(); }
  function lines(content) {
    return Object.entries(content).filter(function (e) { return bySlug.has(e[0]); })
      .map(function (e) { return { product: bySlug.get(e[0]), quantity: e[1] }; });
  }
  function total(content) { return lines(content).reduce(function (sum, l) { return sum + l.product.price * l.quantity; }, 0); }
  function item(product, quantity) {
    return { item_id: product.id, item_name: product.name, item_category: product.category, price: product.price, quantity: quantity };
  }
  function items(content) { return lines(content).map(function (l) { return item(l.product, l.quantity); }); }
  function money(value) { return '€' + value.toFixed(2); }

  function element(name, text, attributes) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    Object.entries(attributes || {}).forEach(function (a) { made.setAttribute(a[0], a[1]); });
    return made;
  }

  function showCount() {
    const count = Object.values(cart()).reduce(function (sum, n) { return sum + n; }, 0);
    const badge = find('[data-cart-count]');
    badge.textContent = count;
    badge.hidden = count === 0;
  }

  function showCart() {
    const place = find('[data-cart]');
    if (!place) return;
    const content = cart();
    const compact = place.hasAttribute('data-compact');
    place.replaceChildren();
    if (find('[data-cart-actions]')) find('[data-cart-actions]').hidden = lines(content).length === 0;
    if (lines(content).length === 0) {
      place.append(element('p', 'Your basket is empty.', { class: 'hint' }));
      return;
    }
    const table = element('table');
    table.append(element('caption', 'Items in your basket', { class: 'unseen' }));
    const head = table.createTHead().insertRow();
    ['Item', 'Quantity', 'Price'].concat(compact ? [] : ['']).forEach(function (title) { head.append(element('th', title, { scope: 'col' })); });
    const body = table.createTBody();
    lines(content).forEach(function (line) {
      const row = body.insertRow();
      row.append(element('th', line.product.name, { scope: 'row' }), element('td', String(line.quantity)), element('td', money(line.product.price * line.quantity)));
      if (compact) return;
      const remove = element('button', 'Remove', { type: 'button', class: 'quiet', 'aria-label': 'Remove ' + line.product.name });
      remove.addEventListener('click', function () {
        const left = cart();
        delete left[line.product.slug];
        save(left);
        gtag('event', 'remove_from_cart', { currency: 'EUR', value: line.product.price * line.quantity, items: [item(line.product, line.quantity)] });
        showCart();
      });
      row.insertCell().append(remove);
    });
    const foot = table.createTFoot().insertRow();
    foot.append(element('th', 'Together', { scope: 'row' }), element('td'), element('td', money(total(content))));
    if (!compact) foot.append(element('td'));
    place.append(table);
  }

  const form = find('[data-add]');
  if (form) {
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      const product = bySlug.get(form.dataset.add);
      const quantity = Math.max(1, Math.min(9, parseInt(form.elements.quantity.value, 10) || 1));
      const content = cart();
      content[product.slug] = (content[product.slug] || 0) + quantity;
      save(content);
      gtag('event', 'add_to_cart', { currency: 'EUR', value: product.price * quantity, items: [item(product, quantity)] });
      find('[data-added]').textContent = product.name + ' is in your basket.';
    });
  }

  const checkout = find('[data-checkout]');
  if (checkout) {
    checkout.addEventListener('submit', function (event) {
      if (lines(cart()).length === 0) { event.preventDefault(); location.href = '/cart'; return; }
      sessionStorage.setItem('order', JSON.stringify({ content: cart(), email: checkout.elements.email.value }));
    });
  }

  function reportOrder() {
    const order = JSON.parse(sessionStorage.getItem('order') || 'null');
    if (!order || !data.order) return;
    sessionStorage.removeItem('order');
    save({});
    const value = total(order.content);
    gtag('event', 'purchase', { transaction_id: data.order, currency: 'EUR', value: value, tax: Math.round(value * 19) / 100, items: items(order.content) });
    gtag('event', 'conversion', { send_to: 'AW-1000001/purchase', transaction_id: data.order, currency: 'EUR', value: value, user_data: { email: order.email } });
  }

  const theme = find('[data-theme-switch]');
  function showTheme() { theme.setAttribute('aria-pressed', String(document.documentElement.dataset.theme === 'dark')); }
  theme.addEventListener('click', function () {
    const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    document.cookie = 'theme=' + next + '; path=/; max-age=31536000; samesite=lax';
    showTheme();
    gtag('event', 'change_theme', { theme: next });
  });

  showTheme();
  showCount();
  showCart();
  if (page === 'home') {
    gtag('event', 'view_item_list', { item_list_name: 'Home', items: data.products.map(function (p) { return item(p, 1); }) });
    gtag('event', 'view_promotion', { promotion_name: 'Spring on the balcony' });
  }
  if (page === 'product') gtag('event', 'view_item', { currency: 'EUR', value: bySlug.get(data.slug).price, items: [item(bySlug.get(data.slug), 1)] });
  if (page === 'cart') gtag('event', 'view_cart', { currency: 'EUR', value: total(cart()), items: items(cart()) });
  if (page === 'checkout') gtag('event', 'begin_checkout', { currency: 'EUR', value: total(cart()), items: items(cart()) });
  if (page === 'thanks') reportOrder();
})();
