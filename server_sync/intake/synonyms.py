"""The headers under which columns go in Chinese and English workbooks, by subject, the surest first."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(
        word.strip() for line in text.strip().splitlines() for word in line.split(",") if word.strip()
    )


CUSTOMER_CODE = _words("""
    客户 ID, 客户编号, 客户代码, 客户号, 客户编码, 会员编号, 会员ID, 会员号, 会员卡号, 买家ID
    用户ID, 用户编号
    Customer ID, Customer No, Customer Number, Customer Code, Client ID, Account ID, Account No
    Member ID, cust_id, Client No, Client Code, Buyer ID, User ID
""")
CUSTOMER_NAME = _words("""
    客户名称, 客户姓名, 客户名, 客户, 姓名, 联系人, 联系人姓名, 会员姓名, 会员名称, 买家姓名
    买家, 收货人, 收货人姓名, 用户姓名
    Customer Name, Customer, Full Name, Contact Name, Contact, Contact Person, Client Name
    Client, Buyer Name, Buyer, Recipient, Name
""")
COMPANY = _words("""
    公司, 公司名称, 单位, 单位名称, 企业, 企业名称, 工作单位, 所属公司
    Company, Company Name, Organization, Organisation, Account Name, Employer
""")
TITLE = _words("""
    称呼, 称谓, 职务, 职位, 头衔, 性别
    Title, Salutation, Job Title, Position, Gender, Sex
""")
PHONE = _words("""
    手机, 手机号, 手机号码, 手机1, 电话1, 联系电话, 电话, 电话号码, 联系方式, 联系手机, 移动电话, 客户电话
    客户手机, 客户手机号, 联系人电话, 收货人电话, 收货电话, 收货人手机, 收货手机, 买家电话
    会员手机
    Mobile, Mobile Phone, Mobile Number, Mobile No, Phone, Phone Number, Phone No, Cell
    Cell Phone, Tel, Telephone, Contact Number, Contact No, Customer Phone, Contact Phone
    Telephone Number
""")
SECOND_PHONE = _words("""
    手机2, 电话2, 手机号2, 备用电话, 备用手机, 其他电话, 第二电话, 固定电话, 固话, 座机
    办公电话, 公司电话, 家庭电话
    Phone 2, Mobile 2, Alternate Phone, Other Phone, Secondary Phone, Landline, Work Phone
    Home Phone, Office Phone
""")
EMAIL = _words("""
    邮箱, 电子邮箱, 邮件, 电子邮件, 邮箱地址
    Email, Email Address, Mail, Mail Address
""")
WECHAT = _words("""
    微信, 微信号
    WeChat, WeChat ID
""")
SEGMENT = _words("""
    细分, 客户细分, 客户类型, 客户类别, 客户分类, 客户性质
    Segment, Customer Segment, Customer Type, Customer Class
""")
TIER = _words("""
    等级, 客户等级, 客户级别, 级别, 会员等级, 会员级别, 价值等级
    Tier, Level, Grade, Customer Level, Customer Tier, Rank
""")
CITY = _words("""
    城市, 市, 所在城市, 地级市, 收货城市, 城市名称, 所在市, 居住城市
    City, Town, Ship City
""")
PROVINCE = _words("""
    省/自治区, 省份, 省, 省市, 所在省份, 省/市, 收货省份, 省份名称, 所在省
    省/直辖市, 省/市/自治区
    State/Province, Province, State, Ship State
""")
REGION = _words("""
    地区, 大区, 区域, 销售区域, 所属大区, 所属区域, 片区, 销售大区, 销售地区
    Region, Sales Region, Area, Territory, Sales Area
""")
ADDRESS = _words("""
    地址, 详细地址, 联系地址, 通讯地址, 收货地址, 客户地址, 配送地址, 送货地址, 收货人地址
    家庭地址, 家庭住址, 居住地址, 住址, 公司地址, 单位地址, 办公地址, 联系人地址, 邮寄地址
    Address, Street, Street Address, Mailing Address, Shipping Address, Delivery Address
    Ship To
""")
TEAM = _words("""
    团队, 所属团队, 班组, 小组, 坐席组
    Team, Group, Agent Group
""")
OWNER = _words("""
    坐席, 坐席工号, 负责人, 跟进人, 归属人, 客户经理, 所属坐席
    Owner, Agent, Account Manager, Assigned To
""")
LANGUAGE = _words("""
    语言, 语种
    Language
""")
PRODUCT_LINE = _words("""
    产品线, 业务线
    Product Line, Business Line
""")
TAGS = _words("""
    标签, 客户标签
    Tags, Tag, Labels
""")
BIRTHDAY = _words("""
    生日, 出生日期, 出生年月日
    Birthday, Date of Birth, Birth Date, DOB
""")
NOTE = _words("""
    备注, 说明, 客户备注
    Note, Notes, Remark, Remarks, Comment, Comments, Memo
""")
ORDER_NUMBER = _words("""
    订单 ID, 订单编号, 订单号, 订单号码, 订单单号, 单号, 订单, 销售单号, 合同编号, 交易号
    Order ID, Order No, Order Number, Order #, Order, Order Code, Invoice No, Invoice Number
    Transaction ID
""")
ORDERED_ON = _words("""
    订单日期, 下单日期, 下单时间, 订购日期, 购买日期, 购买时间, 订单时间, 订单创建时间
    订单创建日期, 成交日期, 成交时间, 交易日期, 交易时间, 付款时间, 付款日期, 支付时间, 签单日期
    销售日期, 日期
    Order Date, Order Time, Ordered On, Ordered At, Purchase Date, Purchased On, Date Ordered
    Created At, Order Created, Sale Date, Sales Date, Transaction Date, Invoice Date, Date
""")
SHIPPED_ON = _words("""
    发货日期, 发货时间, 出货日期, 寄送日期, 装运日期, 出库日期
    Ship Date, Shipped On, Shipped At, Shipping Date, Shipment Date, Dispatch Date, Date Shipped
""")
DELIVERED_ON = _words("""
    签收日期, 签收时间, 收货日期, 收货时间, 送达日期, 送达时间, 交付日期, 到货日期
    Delivery Date, Delivered On, Delivered At, Date Delivered, Received Date
""")
SOURCE_ROW = _words("""
    行 ID, 行号, 行编号, 明细行号, 明细编号, 明细ID, 子订单编号, 子订单号
    Row ID, Line ID, Line No, Line Number, Order Line, Order Line ID
""")
PRODUCT_CODE = _words("""
    产品 ID, 产品编号, 产品代码, 产品编码, 商品ID, 商品编号, 商品编码, 商品代码, 货号, 物料编码
    款号
    Product ID, Product Code, Product No, Product Number, SKU, Item Code, Item ID, Stock Code
""")
PRODUCT_NAME = _words("""
    产品名称, 产品, 商品名称, 商品, 商品标题, 宝贝标题, 品名, 货品名称, 物料名称
    Product Name, Product, Item, Item Name, Product Title, Description, Product Description
""")
CATEGORY = _words("""
    类别, 产品类别, 商品类别, 类目, 品类, 一级类目, 大类, 商品分类
    Category, Product Category
""")
SUBCATEGORY = _words("""
    子类别, 子类, 二级类目, 小类
    Sub-Category, Product Sub-Category
""")
AMOUNT = _words("""
    销售额, 金额, 销售金额, 订单金额, 实付金额, 实付款, 实收金额, 成交金额, 总金额, 总价, 小计
    含税金额, 交易金额, 支付金额, 应付金额, 合计金额, 商品金额
    Sales, Amount, Sales Amount, Total, Total Amount, Order Amount, Revenue, Line Total
    Total Price, Net Amount, Paid Amount, Net Sales, Order Total
""")
QUANTITY = _words("""
    数量, 件数, 销售数量, 订购数量, 购买数量, 商品数量, 销量
    Quantity, Qty, Units, Order Quantity, Quantity Ordered, Count
""")
DISCOUNT = _words("""
    折扣, 折扣率, 折扣额, 优惠, 优惠金额
    Discount, Discount Rate, Discount Amount
""")
PROFIT = _words("""
    利润, 毛利, 利润额, 毛利额
    Profit, Margin, Gross Profit
""")
RETURNED = _words("""
    退回, 是否退回, 退货, 是否退货, 已退货, 已退回, 退货状态, 是否已退货
    Returned, Return, Is Returned, Return Status
""")
RETURNED_ON = _words("""
    退货日期, 退货时间, 退回日期, 退款日期, 退款时间
    Return Date, Returned On, Returned At, Date Returned, Refund Date
""")
RETURN_REASON = _words("""
    退货原因, 退回原因, 退款原因, 原因
    Return Reason, Reason
""")
MANAGER = _words("""
    地区经理, 区域经理, 大区经理, 经理, 销售经理, 区域负责人, 地区负责人, 大区负责人, 负责人
    主管, 销售主管
    Regional Manager, Region Manager, Manager, Sales Manager, Person, Supervisor, Area Manager
""")
PREFERRED_TIME = _words("""
    方便时间, 方便接听时间, 偏好时间, 联系时段, 方便联系时间, 最佳联系时间, 联系时间
    Preferred Time, Best Time, Best Time To Call, Convenient Time
""")
PREFERRED_CHANNEL = _words("""
    偏好方式, 联系方式偏好, 偏好渠道, 首选联系方式, 回访方式
    Preferred Channel, Preferred Contact
""")
CONTRACT_NUMBER = _words("""
    合同编号, 合同号, 合同 ID, 协议编号, 协议号, 保单号, 保单编号, 编号
    Contract No, Contract Number, Contract ID, Agreement No, Policy No, Policy Number
""")
SIGNED_ON = _words("""
    签约日期, 签订日期, 签署日期, 签单日期, 签约时间, 签订时间
    Signed On, Signing Date, Signature Date, Date Signed
""")
STARTS_ON = _words("""
    生效日期, 开始日期, 起始日期, 合同开始日期, 合同起始日, 服务开始日期, 起保日期
    Start Date, Starts On, Effective Date, Valid From, Begin Date
""")
EXPIRES_ON = _words("""
    到期日期, 到期日, 到期时间, 合同到期日, 合同到期日期, 截止日期, 结束日期, 终止日期, 服务到期日, 有效期至
    Expiry Date, Expires On, End Date, Expiration Date, Valid Until, Renewal Date
""")
RENEWED_ON = _words("""
    续签日期, 续费日期, 续约日期
    Renewed On, Renewal Signed On
""")
CONTRACT_AMOUNT = _words("""
    合同金额, 签约金额, 协议金额, 保费, 金额, 总金额, 年费
    Contract Amount, Contract Value, Amount, Value, Premium
""")
EVENT_NUMBER = _words("""
    事件编号, 工单编号, 工单号, 单号, 交付单号, 安装单号, 投诉编号, 流水号, 记录编号, 编号
    Event ID, Ticket No, Ticket Number, Ticket ID, Case No, Case Number, Event No, Reference
""")
EVENT_KIND = _words("""
    事件类型, 事件, 事项, 类型, 业务类型, 记录类型
    Event Type, Event, Type, Kind
""")
HAPPENED_AT = _words("""
    发生时间, 发生日期, 事件时间, 事件日期, 时间, 日期
    Happened At, Happened On, Event Time, Event Date, Date, Time
""")
EVENT_SUBJECT = _words("""
    主题, 课程名称, 课程, 工单标题, 标题, 内容, 问题描述, 咨询内容, 投诉内容, 事项说明
    Subject, Title, Course, Course Name, Summary, Topic
""")
INSTALLATION_AT = _words("""
    安装日期, 安装时间, 安装完成日期, 安装完成时间
    Installed On, Installation Date
""")
GO_LIVE_AT = _words("""
    上线日期, 上线时间, 开通日期, 开通时间
    Go Live Date, Go-Live, Activated On, Activation Date
""")
COMPLAINT_AT = _words("""
    投诉日期, 投诉时间
    Complained On, Complaint Date, Complaint Time
""")
COMPLAINT_SOLVED_AT = _words("""
    投诉解决日期, 投诉解决时间, 投诉办结时间, 投诉处理完成时间
    Complaint Solved On, Complaint Resolved At
""")
TICKET_SOLVED_AT = _words("""
    解决日期, 解决时间, 工单解决时间, 办结时间, 办结日期, 关闭时间, 完结时间
    Solved On, Solved At, Resolved At, Resolved On, Closed At, Closed On
""")
COURSE_ENDED_AT = _words("""
    结课日期, 结课时间, 课程结束日期, 课程结束时间, 结业日期
    Course Ended On, Course End Date, Completed On, Graduated On
""")
ENQUIRY_AT = _words("""
    咨询日期, 咨询时间
    Enquiry Date, Inquiry Date, Enquired At
""")
VISIT_AT = _words("""
    到访日期, 到访时间, 到店日期, 到店时间, 来访时间, 来访日期, 访问时间, 登录时间
    Visited On, Visit Date, Visited At, Last Login
""")
