DROP OWNED BY shop_app;
